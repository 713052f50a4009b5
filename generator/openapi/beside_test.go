package openapi

import (
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator/model"
)

// besideDocument has one of the operations that something stands beside.
const besideDocument = `{"openapi":"3.0.1","info":{"title":"T","version":"1"},"servers":[{"url":"https://other.twilio.com"}],"paths":{
	"/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json":{"get":{"operationId":"FetchMedia","parameters":[
		{"name":"AccountSid","in":"path","required":true,"schema":{"type":"string"}},
		{"name":"MessageSid","in":"path","required":true,"schema":{"type":"string"}},
		{"name":"Sid","in":"path","required":true,"schema":{"type":"string"}}],"responses":{"204":{"description":""}}}}}}`

// What stands beside an operation goes to its resource and to its server, says nothing of what the
// resource is, and is left out where that operation is not there.
func TestBeside(t *testing.T) {
	api := group(t, parse(t, besideDocument), "twilio_api_v2010.json", nil)
	if len(api.Resources) != 1 || len(api.Resources[0].Operations) != 2 {
		t.Fatalf("%d resources, want Media with two operations", len(api.Resources))
	}
	r := api.Resources[0]
	if r.InstancePath != "/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}.json" {
		t.Errorf("it stands at %s", r.InstancePath)
	}
	op := r.Operations[1]
	if _, isFile := op.Response.Type.(*model.File); !isFile || op.ID != "DownloadMedia" || op.Server != "https://other.twilio.com" || op.Noun != "Media" {
		t.Errorf("beside it stands %+v", op)
	}
	if api := group(t, parse(t, besideDocument), "twilio_other_v2010.json", nil); len(api.Resources[0].Operations) != 1 {
		t.Error("another product has the operation, too")
	}
}

// A document that has the operation after all has it once.
func TestBesideIsThere(t *testing.T) {
	const own = `"/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media/{Sid}":`
	at := strings.Index(besideDocument, `"/2010-04-01`)
	end := strings.LastIndex(besideDocument, "}}")
	item := strings.SplitN(besideDocument[at:end], ":", 2)[1]
	item = strings.Replace(item, "FetchMedia", "ReadMedia", 1)
	for _, more := range []string{own + item, strings.ReplaceAll(own+item, "MessageSid", "Message")} {
		api := group(t, parse(t, besideDocument[:end]+","+more+"}}"), "twilio_api_v2010.json", nil)
		for _, op := range api.Resources[0].Operations {
			if op.Beside {
				t.Errorf("%s stands beside a document that has it", op.ID)
			}
		}
	}
}
