package contract

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadMethods(t *testing.T) {
	folder := t.TempDir()
	source := `package rooms

// Fetch fetches a room.
//
// GET /v1/Rooms/{Sid}
func (c *RoomClient) Fetch(ctx context.Context, sid string) (*Room, error) {}

// List lists rooms.
//
// GET
// /v1/Rooms
func (c *RoomClient) List(ctx context.Context) iter.Seq2[*Room, error] {}

// Page fetches one page.
//
// GET
// /v1/Rooms
func (c *RoomClient) Page(ctx context.Context) (*twilio.Page[Room], error) {}

// GET /v1/Rooms
func (p *Params) encode(r *wire.Request) {}
`
	if err := os.WriteFile(filepath.Join(folder, "room.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := readMethods(folder)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]method{
		"GET /v1/Rooms/{Sid}": {{"RoomClient", "Fetch"}},
		"GET /v1/Rooms":       {{"RoomClient", "List"}, {"RoomClient", "Page"}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(method{})); diff != "" {
		t.Error(diff)
	}
}
