package gen_test

import (
	"time"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

// A record of each resource as Twilio sends it, with a value in every field,
// and what a program gets to see of it.

const serviceJSON = `{
	"sid": "KS0123456789abcdef0123456789abcdef",
	"unique_name": "deliveries",
	"account_sid": "AC0123456789abcdef0123456789abcdef",
	"chat_instance_sid": "IS0123456789abcdef0123456789abcdef",
	"callback_url": "https://example.com/events",
	"default_ttl": 3600,
	"number_selection_behavior": "prefer-sticky",
	"geo_match_level": "area-code",
	"intercept_callback_url": "https://example.com/intercept",
	"out_of_session_callback_url": "https://example.com/out-of-session",
	"date_created": "2024-03-04T09:00:00Z",
	"date_updated": "2024-03-05T10:11:12Z",
	"url": "https://proxy.twilio.com/v1/Services/KS0123456789abcdef0123456789abcdef",
	"links": {"sessions": "https://proxy.twilio.com/s", "phone_numbers": "https://proxy.twilio.com/p"}
}`

func fullService() *proxyv1.Service {
	return &proxyv1.Service{
		SID:                     service,
		UniqueName:              "deliveries",
		AccountSID:              account,
		ChatInstanceSID:         "IS0123456789abcdef0123456789abcdef",
		CallbackURL:             "https://example.com/events",
		DefaultTTL:              3600,
		NumberSelectionBehavior: proxyv1.ServiceNumberSelectionBehaviorPreferSticky,
		GeoMatchLevel:           proxyv1.ServiceGeoMatchLevelAreaCode,
		InterceptCallbackURL:    "https://example.com/intercept",
		OutOfSessionCallbackURL: "https://example.com/out-of-session",
		DateCreated:             time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC),
		DateUpdated:             time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC),
		URL:                     "https://proxy.twilio.com/v1/Services/" + service,
		Links:                   map[string]string{"sessions": "https://proxy.twilio.com/s", "phone_numbers": "https://proxy.twilio.com/p"},
	}
}

const phoneNumberJSON = `{
	"sid": "PN0123456789abcdef0123456789abcdef",
	"account_sid": "AC0123456789abcdef0123456789abcdef",
	"service_sid": "KS0123456789abcdef0123456789abcdef",
	"date_created": "2024-03-04T09:00:00Z",
	"date_updated": "2024-03-05T10:11:12Z",
	"phone_number": "+14155550190",
	"friendly_name": "front desk",
	"iso_country": "US",
	"capabilities": {"fax": true, "mms": true, "sms": true, "voice": true},
	"url": "https://proxy.twilio.com/v1/Services/KS0123456789abcdef0123456789abcdef/PhoneNumbers/PN0123456789abcdef0123456789abcdef",
	"is_reserved": false,
	"in_use": 2
}`

func fullPhoneNumber() *proxyv1.PhoneNumber {
	return &proxyv1.PhoneNumber{
		SID:          number,
		AccountSID:   account,
		ServiceSID:   service,
		DateCreated:  time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC),
		DateUpdated:  time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC),
		PhoneNumber:  "+14155550190",
		FriendlyName: "front desk",
		ISOCountry:   "US",
		Capabilities: proxyv1.PhoneNumberCapabilities{Fax: true, MMS: true, SMS: true, Voice: true},
		URL:          "https://proxy.twilio.com/v1/Services/" + service + "/PhoneNumbers/" + number,
		IsReserved:   twilio.Ptr(false), // unlike null
		InUse:        2,
	}
}

const sessionJSON = `{
	"sid": "KC0123456789abcdef0123456789abcdef",
	"service_sid": "KS0123456789abcdef0123456789abcdef",
	"account_sid": "AC0123456789abcdef0123456789abcdef",
	"date_started": "2024-03-04T09:00:01Z",
	"date_ended": "2024-03-04T09:00:02Z",
	"date_last_interaction": "2024-03-04T09:00:03Z",
	"date_expiry": "2024-03-04T09:00:04Z",
	"unique_name": "order-1234",
	"status": "in-progress",
	"closed_reason": "api",
	"ttl": 600,
	"mode": "voice-and-message",
	"date_created": "2024-03-04T09:00:05Z",
	"date_updated": "2024-03-04T09:00:06Z",
	"url": "https://proxy.twilio.com/v1/Services/KS0123456789abcdef0123456789abcdef/Sessions/KC0123456789abcdef0123456789abcdef",
	"links": {"interactions": "https://proxy.twilio.com/i", "participants": "https://proxy.twilio.com/p"}
}`

func fullSession() *proxyv1.Session {
	return &proxyv1.Session{
		SID:                 session,
		ServiceSID:          service,
		AccountSID:          account,
		DateStarted:         time.Date(2024, 3, 4, 9, 0, 1, 0, time.UTC),
		DateEnded:           time.Date(2024, 3, 4, 9, 0, 2, 0, time.UTC),
		DateLastInteraction: time.Date(2024, 3, 4, 9, 0, 3, 0, time.UTC),
		DateExpiry:          time.Date(2024, 3, 4, 9, 0, 4, 0, time.UTC),
		UniqueName:          "order-1234",
		Status:              proxyv1.SessionStatusInProgress,
		ClosedReason:        "api",
		TTL:                 600,
		Mode:                proxyv1.SessionModeVoiceAndMessage,
		DateCreated:         time.Date(2024, 3, 4, 9, 0, 5, 0, time.UTC),
		DateUpdated:         time.Date(2024, 3, 4, 9, 0, 6, 0, time.UTC),
		URL:                 "https://proxy.twilio.com/v1/Services/" + service + "/Sessions/" + session,
		Links:               map[string]string{"interactions": "https://proxy.twilio.com/i", "participants": "https://proxy.twilio.com/p"},
	}
}

const interactionJSON = `{
	"sid": "KI0123456789abcdef0123456789abcdef",
	"session_sid": "KC0123456789abcdef0123456789abcdef",
	"service_sid": "KS0123456789abcdef0123456789abcdef",
	"account_sid": "AC0123456789abcdef0123456789abcdef",
	"data": "{\"body\":\"Call me at +14155550100\"}",
	"type": "voice",
	"inbound_participant_sid": "KP00000000000000000000000000000001",
	"inbound_resource_sid": "CA00000000000000000000000000000001",
	"inbound_resource_status": "completed",
	"inbound_resource_type": "Call",
	"inbound_resource_url": "https://api.twilio.com/1",
	"outbound_participant_sid": "KP00000000000000000000000000000002",
	"outbound_resource_sid": "SM00000000000000000000000000000002",
	"outbound_resource_status": "no-answer",
	"outbound_resource_type": "Message",
	"outbound_resource_url": "https://api.twilio.com/2",
	"date_created": "2024-03-04T09:00:00Z",
	"date_updated": "2024-03-05T10:11:12Z",
	"url": "https://proxy.twilio.com/v1/interaction"
}`

func fullInteraction() *proxyv1.Interaction {
	return &proxyv1.Interaction{
		SID:                    interaction,
		SessionSID:             session,
		ServiceSID:             service,
		AccountSID:             account,
		Data:                   `{"body":"Call me at +14155550100"}`,
		Type:                   proxyv1.InteractionTypeVoice,
		InboundParticipantSID:  "KP00000000000000000000000000000001",
		InboundResourceSID:     "CA00000000000000000000000000000001",
		InboundResourceStatus:  proxyv1.InteractionResourceStatusCompleted,
		InboundResourceType:    "Call",
		InboundResourceURL:     "https://api.twilio.com/1",
		OutboundParticipantSID: "KP00000000000000000000000000000002",
		OutboundResourceSID:    "SM00000000000000000000000000000002",
		OutboundResourceStatus: proxyv1.InteractionResourceStatusNoAnswer,
		OutboundResourceType:   "Message",
		OutboundResourceURL:    "https://api.twilio.com/2",
		DateCreated:            time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC),
		DateUpdated:            time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC),
		URL:                    "https://proxy.twilio.com/v1/interaction",
	}
}

const participantJSON = `{
	"sid": "KP0123456789abcdef0123456789abcdef",
	"session_sid": "KC0123456789abcdef0123456789abcdef",
	"service_sid": "KS0123456789abcdef0123456789abcdef",
	"account_sid": "AC0123456789abcdef0123456789abcdef",
	"friendly_name": "courier",
	"identifier": "+14155550100",
	"proxy_identifier": "+14155550190",
	"proxy_identifier_sid": "PN0123456789abcdef0123456789abcdef",
	"date_deleted": "2024-03-06T00:00:00Z",
	"date_created": "2024-03-04T09:00:00Z",
	"date_updated": "2024-03-05T10:11:12Z",
	"url": "https://proxy.twilio.com/v1/participant",
	"links": {"message_interactions": "https://proxy.twilio.com/m"}
}`

func fullParticipant() *proxyv1.Participant {
	return &proxyv1.Participant{
		SID:                participant,
		SessionSID:         session,
		ServiceSID:         service,
		AccountSID:         account,
		FriendlyName:       "courier",
		Identifier:         "+14155550100",
		ProxyIdentifier:    "+14155550190",
		ProxyIdentifierSID: number,
		DateDeleted:        time.Date(2024, 3, 6, 0, 0, 0, 0, time.UTC),
		DateCreated:        time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC),
		DateUpdated:        time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC),
		URL:                "https://proxy.twilio.com/v1/participant",
		Links:              map[string]string{"message_interactions": "https://proxy.twilio.com/m"},
	}
}

const messageInteractionJSON = `{
	"sid": "KI0123456789abcdef0123456789abcdef",
	"session_sid": "KC0123456789abcdef0123456789abcdef",
	"service_sid": "KS0123456789abcdef0123456789abcdef",
	"account_sid": "AC0123456789abcdef0123456789abcdef",
	"data": "{\"body\":\"Your code is 90210\"}",
	"type": "message",
	"participant_sid": "KP0123456789abcdef0123456789abcdef",
	"inbound_participant_sid": "KP00000000000000000000000000000001",
	"inbound_resource_sid": "MM00000000000000000000000000000001",
	"inbound_resource_status": "received",
	"inbound_resource_type": "Inbound",
	"inbound_resource_url": "https://api.twilio.com/1",
	"outbound_participant_sid": "KP00000000000000000000000000000002",
	"outbound_resource_sid": "SM00000000000000000000000000000002",
	"outbound_resource_status": "delivery-unknown",
	"outbound_resource_type": "Message",
	"outbound_resource_url": "https://api.twilio.com/2",
	"date_created": "2024-03-04T09:00:00Z",
	"date_updated": "2024-03-05T10:11:12Z",
	"url": "https://proxy.twilio.com/v1/message-interaction"
}`

func fullMessageInteraction() *proxyv1.MessageInteraction {
	return &proxyv1.MessageInteraction{
		SID:                    interaction,
		SessionSID:             session,
		ServiceSID:             service,
		AccountSID:             account,
		Data:                   `{"body":"Your code is 90210"}`,
		Type:                   proxyv1.MessageInteractionTypeMessage,
		ParticipantSID:         participant,
		InboundParticipantSID:  "KP00000000000000000000000000000001",
		InboundResourceSID:     "MM00000000000000000000000000000001",
		InboundResourceStatus:  proxyv1.MessageInteractionResourceStatusReceived,
		InboundResourceType:    "Inbound",
		InboundResourceURL:     "https://api.twilio.com/1",
		OutboundParticipantSID: "KP00000000000000000000000000000002",
		OutboundResourceSID:    "SM00000000000000000000000000000002",
		OutboundResourceStatus: proxyv1.MessageInteractionResourceStatusDeliveryUnknown,
		OutboundResourceType:   "Message",
		OutboundResourceURL:    "https://api.twilio.com/2",
		DateCreated:            time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC),
		DateUpdated:            time.Date(2024, 3, 5, 10, 11, 12, 0, time.UTC),
		URL:                    "https://proxy.twilio.com/v1/message-interaction",
	}
}

// Params with a value in every field.

func createServiceParams() *proxyv1.CreateServiceParams {
	return &proxyv1.CreateServiceParams{
		UniqueName:              "deliveries",
		CallbackURL:             twilio.Ptr("https://example.com/events?a=1&b=2"),
		ChatInstanceSID:         twilio.Ptr("IS0123456789abcdef0123456789abcdef"),
		DefaultTTL:              twilio.Ptr(3600),
		GeoMatchLevel:           proxyv1.ServiceGeoMatchLevelOverlay,
		InterceptCallbackURL:    twilio.Ptr("https://example.com/intercept"),
		NumberSelectionBehavior: proxyv1.ServiceNumberSelectionBehaviorAvoidSticky,
		OutOfSessionCallbackURL: twilio.Ptr("https://example.com/out-of-session"),
	}
}

func updateServiceParams() *proxyv1.UpdateServiceParams {
	return &proxyv1.UpdateServiceParams{
		UniqueName:              twilio.Ptr("deliveries & pickups"),
		CallbackURL:             twilio.Ptr("https://example.com/events"),
		ChatInstanceSID:         twilio.Ptr("IS0123456789abcdef0123456789abcdef"),
		DefaultTTL:              twilio.Ptr(0), // never, which is not the same as not sent
		GeoMatchLevel:           proxyv1.ServiceGeoMatchLevelCountry,
		InterceptCallbackURL:    twilio.Ptr(""), // none any more
		NumberSelectionBehavior: proxyv1.ServiceNumberSelectionBehaviorPreferSticky,
		OutOfSessionCallbackURL: twilio.Ptr("https://example.com/out-of-session"),
	}
}

func createPhoneNumberParams() *proxyv1.CreatePhoneNumberParams {
	return &proxyv1.CreatePhoneNumberParams{
		SID:         twilio.Ptr(number),
		PhoneNumber: twilio.Ptr("+14155550190"),
		IsReserved:  twilio.Ptr(true),
	}
}

func updatePhoneNumberParams() *proxyv1.UpdatePhoneNumberParams {
	return &proxyv1.UpdatePhoneNumberParams{IsReserved: twilio.Ptr(false)}
}

func createSessionParams() *proxyv1.CreateSessionParams {
	cet := time.FixedZone("CET", 3600)
	return &proxyv1.CreateSessionParams{
		UniqueName: twilio.Ptr("order-1234"),
		TTL:        twilio.Ptr(3600),
		Mode:       proxyv1.SessionModeVoiceOnly,
		Status:     proxyv1.SessionStatusOpen,
		DateExpiry: twilio.Ptr(time.Date(2024, 3, 4, 10, 30, 0, 500_000_000, cet)),
		Participants: []any{
			map[string]any{"Identifier": "+14155550100", "FriendlyName": "courier"},
			map[string]any{"Identifier": "+14155550101"},
		},
	}
}

func updateSessionParams() *proxyv1.UpdateSessionParams {
	return &proxyv1.UpdateSessionParams{
		DateExpiry: twilio.Ptr(time.Date(2024, 3, 4, 9, 30, 0, 0, time.UTC)),
		TTL:        twilio.Ptr(0),
		Status:     proxyv1.SessionStatusClosed,
	}
}

func createParticipantParams() *proxyv1.CreateParticipantParams {
	return &proxyv1.CreateParticipantParams{
		Identifier:         "+14155550100",
		FriendlyName:       twilio.Ptr("Zoë 😀"),
		ProxyIdentifier:    twilio.Ptr("+14155550190"),
		ProxyIdentifierSID: twilio.Ptr(number),
	}
}

func createMessageInteractionParams() *proxyv1.CreateMessageInteractionParams {
	return &proxyv1.CreateMessageInteractionParams{
		Body:     twilio.Ptr("50% off = yes\nno?"),
		MediaURL: []string{"https://example.com/a.png", "https://example.com/b.png?x=1&y=2"},
	}
}
