package naming

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/twiliogen/twiliogen/generator/model"
)

// decider is Decide at work.
type decider struct {
	api      *model.API
	names    *Names
	ids      map[model.Type]string // wire identities of the types that are reached
	known    *Ledger
	reserved map[place]key // known names that nothing else may take
	taken    map[place]bool
	decided  map[key]place
	of       map[key]string // the resource of a method
	camels   map[string]string
}

// packageNames are what every package has, and memberNames what the types in it
// have as methods.
var (
	packageNames = []string{"Client", "New", "TokenURL", "SIDPrefix", "ObjectName"}
	memberNames  = []string{"UnmarshalJSON", "LogValue"}
)

// printers are methods by which a struct with a field called Format keeps what is
// private from package fmt. No new field has their names.
var printers = []string{"GoString", "String"}

// place is a name in a scope, which has it once. The scope "" is the package.
type place struct{ scope, name string }

func newDecider(api *model.API, pkg string, known *Ledger) *decider {
	d := &decider{
		api: api, known: known, ids: identities(api, known),
		reserved: map[place]key{}, taken: map[place]bool{}, decided: map[key]place{}, of: map[key]string{}, camels: map[string]string{},
		names: &Names{
			Package:    pkg,
			resources:  map[*model.Resource]Resource{},
			operations: map[*model.Operation]Operation{},
			types:      map[model.Type]string{},
			constants:  map[*model.Enum][]string{},
			values:     map[*model.Enum]string{},
			fields:     map[*model.Object][]string{},
		},
	}
	d.take("", packageNames...)
	return d
}

func (d *decider) decide() {
	d.nameResources()
	for _, r := range d.api.Resources {
		d.nameOperations(r)
	}
	d.nameTypes()
}

// camel is Camel, which remembers: many fields have the same name.
func (d *decider) camel(name string) string {
	if c, ok := d.camels[name]; ok {
		return c
	}
	c := Camel(name)
	d.camels[name] = c
	return c
}

// take keeps names from everybody.
func (d *decider) take(scope string, names ...string) {
	for _, name := range names {
		d.taken[place{scope, name}] = true
	}
}

// claim names a wire identity in a scope: as it is known, or else by the first
// candidate that is free, or the last one with a number.
func (d *decider) claim(scope string, k key, candidates ...string) string {
	for id, i := k.id, 2; ; i++ {
		if _, twice := d.decided[k]; !twice {
			break
		}
		k.id = fmt.Sprintf("%s~%d", id, i)
	}
	at := place{scope, d.choose(scope, k, candidates)}
	d.taken[at] = true
	d.decided[k] = at
	return at.name
}

func (d *decider) choose(scope string, k key, candidates []string) string {
	if e, ok := d.known.entries[k]; ok && d.reserved[place{scope, e.Name}] == k && !d.taken[place{scope, e.Name}] {
		return e.Name
	}
	free := func(name string) bool {
		at := place{scope, name}
		owner, reserved := d.reserved[at]
		return !d.taken[at] && (!reserved || owner == k)
	}
	return choose(candidates, free)
}

// choose is the first candidate that is free, or the last one with a number.
func choose(candidates []string, free func(string) bool) string {
	if i := slices.IndexFunc(candidates, free); i >= 0 {
		return candidates[i]
	}
	last := candidates[len(candidates)-1]
	for i := 2; ; i++ {
		if name := fmt.Sprint(last, i); free(name) {
			return name
		}
	}
}

// kept are the known names of what was decided. One that was gone and is back
// has its name if nothing else got it in the meantime.
func (d *decider) kept() map[place]key {
	kept := map[place]key{}
	for _, gone := range []bool{false, true} {
		for _, k := range slices.SortedFunc(maps.Keys(d.decided), key.compare) {
			e, ok := d.known.entries[k]
			at := place{d.decided[k].scope, e.Name}
			if _, other := kept[at]; ok && !other && (e.Gone != "") == gone {
				kept[at] = k
			}
		}
	}
	return kept
}

// ledger is what is known now: every decision, and what there was once.
func (d *decider) ledger() *Ledger {
	l := &Ledger{entries: map[key]Entry{}}
	for k, e := range d.known.entries {
		e.Gone = cmp.Or(e.Gone, d.api.Version, "?")
		l.entries[k] = e
	}
	for k, at := range d.decided {
		l.entries[k] = Entry{Kind: k.kind, ID: k.id, Name: at.name, Of: d.of[k], Was: l.entries[k].Was}
	}
	return l
}
