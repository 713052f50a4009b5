package use

import (
	"testing"

	"example.com/golden/pets"
)

// A document without anything of Twilio's gives a package of the same form: one
// resource from the list and the single operations, whether their ids are in the
// plural or not.
func TestPlain(t *testing.T) {
	f, client := newFake(t, `[{"id": 7, "name": "Rex"}]`, `{"id": 8, "name": "Tom"}`)
	api := pets.New(client)
	for pet, err := range api.Pets.List(background(), &pets.ListPetsParams{Tags: []string{"a", "b"}, LimitParam: ptr(5)}) {
		noError(t, err)
		equal(t, "a number", pet.ID, int64(7))
	}
	f.expect("GET https://shop.example.com/api/pets?limit=5&tags=a&tags=b", "")
	pet, err := api.Pets.Create(background(), &pets.CreatePetParams{ID: 8, Name: "Tom", Tag: ptr("")})
	noError(t, err)
	f.expect("POST https://shop.example.com/api/pets", `{"id":8,"name":"Tom","tag":""}`)
	equal(t, "a name", pet.Name, "Tom")
}
