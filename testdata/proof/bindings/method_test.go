package bindings

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMethods(t *testing.T) {
	folder := t.TempDir()
	const source = `package roomsv1

// Fetch returns a room.
//
// GET /v1/Accounts/{AccountSid}/Rooms/{Sid}
func (c *RoomClient) Fetch(ctx context.Context, sid string, opts ...twilio.RequestOption) error { return nil }

// Update has a long path.
//
// POST
// /v1/Rooms/{RoomSid}/Seats/{Sid}
func (c *SeatClient) Update(ctx context.Context, roomSID, sid string, params *Params) error { return nil }

// List lists rooms.
//
// GET /v1/Rooms
func (c *RoomClient) List(ctx context.Context) iter.Seq2[*Room, error] {}

// Page fetches one page.
//
// GET /v1/Rooms
func (c *RoomClient) Page(ctx context.Context) (*twilio.Page[Room], error) {}

// Help says how to GET /v1/Rooms.
func (c *SeatClient) Help() string { return "" }

// GET /v1/Rooms
func (p *Params) encode(r *wire.Request) {}
`
	file := filepath.Join(folder, "roomsv1", "room.go")
	if err := os.Mkdir(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := Bindings{Folder: folder}.Methods("roomsv1")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]Method{
		"GET /v1/Accounts/{AccountSid}/Rooms/{Sid}": {{"RoomClient", "Fetch", []int{1}}},
		"POST /v1/Rooms/{RoomSid}/Seats/{Sid}":      {{"SeatClient", "Update", []int{0, 1}}},
		"GET /v1/Rooms":                             {{"RoomClient", "List", []int{}}, {"RoomClient", "Page", []int{}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
