package parity

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadMethods(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("roomv1/room.go", `package roomv1

// Fetch returns a room.
//
// GET /v1/Accounts/{AccountSid}/Rooms/{Sid}
func (c *RoomClient) Fetch(ctx context.Context, sid string, opts ...twilio.RequestOption) error { return nil }

// Update has a long path.
//
// POST
// /v1/Rooms/{RoomSid}/Seats/{Sid}
func (c *SeatClient) Update(ctx context.Context, roomSID, sid string, params *Params) error { return nil }

// Help says how to GET /v1/Rooms.
func (c *SeatClient) Help() string { return "" }
`)
	ours, err := readOurs(folder, "roomv1")
	if err != nil {
		t.Fatal(err)
	}
	want := methods{
		"GET roomv1/v1/Accounts/{}/Rooms/{}": {{client: "roomv1", receiver: "RoomClient", name: "Fetch", args: []int{1}}},
		"POST roomv1/v1/Rooms/{}/Seats/{}":   {{client: "roomv1", receiver: "SeatClient", name: "Update", args: []int{0, 1}}},
	}
	if diff := cmp.Diff(want, ours, cmp.AllowUnexported(method{})); diff != "" {
		t.Errorf("ours: %s", diff)
	}

	write("room/v1/api_service.go", `package openapi

func NewApiService(h *RequestHandler) *ApiService { return &ApiService{baseURL: "https://room.example.com"} }
`)
	write("room/v1/rooms.go", `package openapi

func (c *ApiService) PageRoom(Sid string, params *P, pageToken, pageNumber string) error {
	path := "/v1/Rooms/{sid}"
	_, err := c.requestHandler.Get(c.baseURL+path, nil, nil, "")
	return err
}

func (c *ApiService) PageRoomWithMetadata(Sid string, params *P, pageToken, pageNumber string) error {
	path := "/v1/Rooms/{sid}"
	_, err := c.requestHandler.Get(c.baseURL+path, nil, nil, "")
	return err
}

func (c *ApiService) UpdateSeat(params *P, Index int) error {
	path := "/v1/Accounts/{AccountSid}/Seats/{Index}"
	path = strings.Replace(path, "{AccountSid}", c.requestHandler.Client.AccountSid(), -1)
	_, err := c.requestHandler.Post(c.baseURL+path, nil, nil, "")
	return err
}

func (c *ApiService) ListRoom(params *P) error { return c.PageRoom("", params, "", "") }
`)
	theirs, err := readTwilioGo(folder)
	if err != nil {
		t.Fatal(err)
	}
	want = methods{
		"GET https://room.example.com/v1/Rooms/{}":              {{client: "room/v1", receiver: "ApiService", name: "PageRoom", args: []int{0}, paged: true}},
		"POST https://room.example.com/v1/Accounts/{}/Seats/{}": {{client: "room/v1", receiver: "ApiService", name: "UpdateSeat", args: []int{1}}},
	}
	if diff := cmp.Diff(want, theirs, cmp.AllowUnexported(method{})); diff != "" {
		t.Errorf("twilio-go: %s", diff)
	}
}
