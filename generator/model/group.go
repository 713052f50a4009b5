package model

import (
	"cmp"
	"slices"
	"strings"
)

// Group makes the API's resources of its operations: those with one noun are one
// resource, whatever paths they stand on. Those that stand beside the document come
// last: they say nothing of what a resource is.
func (a *API) Group(operations []*Operation) {
	operations = slices.Clone(operations)
	slices.SortStableFunc(operations, func(x, y *Operation) int {
		return cmp.Or(cmp.Compare(besideRank(x), besideRank(y)), cmp.Compare(x.Path, y.Path), cmp.Compare(x.Method, y.Method))
	})
	a.Resources = nil
	byNoun, known := map[string]*Resource{}, map[*Resource]bool{}
	for _, op := range operations {
		key := strings.ToLower(op.Noun)
		r := byNoun[key]
		if r == nil {
			r = &Resource{Name: op.Noun}
			byNoun[key] = r
			a.Resources = append(a.Resources, r)
		}
		if op.Known && !known[r] {
			r.Name, known[r] = op.Noun, true // as it was spelled before
		}
		r.Operations = append(r.Operations, op)
		op.Resource = r
	}
	for _, r := range a.Resources {
		r.place()
	}
	a.represent()
	a.Link()
}

func besideRank(op *Operation) int {
	if op.Beside {
		return 1
	}
	return 0
}

// place finds the paths of a resource in those of its operations, which are
// sorted. Its main pair is the first that has an instance path, or else the
// first.
func (r *Resource) place() {
	main := r.Operations[0]
	for _, op := range r.Operations {
		if r.isInstance(op.Path) {
			main = op
			break
		}
	}
	r.Singleton = r.isSingle()
	for _, op := range r.Operations {
		instance := r.isInstance(op.Path)
		switch {
		case Base(op.Path) == Base(main.Path) && instance && r.InstancePath == "":
			r.InstancePath = op.Path
		case Base(op.Path) == Base(main.Path) && !instance && r.ListPath == "":
			r.ListPath = op.Path
		}
		if Base(op.Path) == Base(main.Path) && r.Pointer == "" && op.At != nil {
			r.Pointer, r.Description = op.At.Pointer, op.At.Description
		}
	}
	for _, op := range r.Operations {
		if op.Path != r.ListPath && op.Path != r.InstancePath && !slices.Contains(r.OtherPaths, op.Path) {
			r.OtherPaths = append(r.OtherPaths, op.Path)
		}
	}
}

// isSingle reports whether there is one r and no more where it stands: nothing of
// its paths tells one from another, and it is read, but neither listed nor
// created. What is only changed is single where x-twilio says so.
func (r *Resource) isSingle() bool {
	read, created, instances := false, false, true
	for _, op := range r.Operations {
		if EndsInParam(op.Path) || op.Paging != nil || op.Verb == "List" {
			return false
		}
		instance := r.isInstance(op.Path)
		instances = instances && instance
		read = read || op.Verb == "Fetch"
		created = created || op.Verb == "Create" && !(instance && read)
	}
	return !created && (read || instances)
}

// isInstance reports whether a path of r is about one thing. It trusts
// x-twilio.pathType only where the path does not tell: some documents call a
// path without a parameter an instance. Where neither tells, it is one that is
// fetched and neither listed nor created.
func (r *Resource) isInstance(path string) bool {
	if EndsInParam(path) {
		return true
	}
	fetched, many := false, false
	for _, op := range r.Operations {
		switch {
		case op.Path != path:
		case op.At != nil && op.At.PathType != "":
			return op.At.PathType == "instance"
		case op.Verb == "Fetch":
			fetched = true
		case op.Verb == "List" || op.Verb == "Create" || op.Paging != nil:
			many = true
		}
	}
	return fetched && !many
}

// verbs is the order in which a resource lists its operations; other verbs
// follow by name.
var verbs = []string{"Create", "Fetch", "Update", "Delete", "List"}

func verbRank(verb string) int {
	if i := slices.Index(verbs, verb); i >= 0 {
		return i
	}
	return len(verbs)
}

// represent sorts the operations of each resource and finds out what it is from
// what they return.
func (a *API) represent() {
	same := alike{}
	for _, r := range a.Resources {
		slices.SortStableFunc(r.Operations, func(a, b *Operation) int {
			return cmp.Or(cmp.Compare(verbRank(a.Verb), verbRank(b.Verb)), cmp.Compare(a.ID, b.ID))
		})
		r.Object = representation(r)
		same.unite(r)
	}
	same.replace(a)
	for _, r := range a.Resources {
		r.describe()
	}
}

// representation is the object that stands for the resource: what is fetched,
// else what is listed, created or updated.
func representation(r *Resource) *Object {
	for _, verb := range []string{"Fetch", "List", "Create", "Update"} {
		for _, op := range r.Operations {
			if o := op.Returned(); op.Verb == verb && o != nil {
				return o
			}
		}
	}
	return nil
}

// Returned is the object that an operation answers with, one or many; nil when
// it answers with something else.
func (op *Operation) Returned() *Object {
	t := op.Response.Type
	if op.Paging != nil {
		t = op.Paging.Item
	}
	object, _ := t.(*Object)
	return object
}

// describe fills in what the object of a resource tells.
func (r *Resource) describe() {
	if r.Object == nil {
		return
	}
	r.ObjectName = r.Object.Origin.Component
	for _, f := range r.Object.Fields {
		if s, ok := f.Type.(*Scalar); ok && f.Name == "sid" {
			r.SIDPrefixes = s.SIDPrefixes
		}
	}
	for _, op := range r.Operations {
		tellPrefixes(op, r.SIDPrefixes)
	}
}

// tellPrefixes gives the resource's prefixes to the path parameter that is its SID,
// where the document leaves its form open because something else does as well,
// such as a unique name.
func tellPrefixes(op *Operation, prefixes []string) {
	if len(op.PathParams) == 0 {
		return
	}
	last := op.PathParams[len(op.PathParams)-1]
	if s, ok := last.Type.(*Scalar); ok && last.Name == "Sid" && s.Kind == String && s.Format == "" && last.Limits.Pattern == "" {
		s.SIDPrefixes = prefixes
	}
}
