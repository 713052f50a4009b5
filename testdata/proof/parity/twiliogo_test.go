package parity

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
)

func TestReadClients(t *testing.T) {
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
	got, err := readClients(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := methods{
		"GET https://room.example.com/v1/Rooms/{}":              {{bindings.Method{Receiver: "ApiService", Name: "PageRoom", Args: []int{0}}, "room/v1", true}},
		"POST https://room.example.com/v1/Accounts/{}/Seats/{}": {{bindings.Method{Receiver: "ApiService", Name: "UpdateSeat", Args: []int{1}}, "room/v1", false}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(method{})); diff != "" {
		t.Error(diff)
	}
}
