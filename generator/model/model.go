// Package model says what an API offers: its resources, their operations and
// the types these take and give. It is free of the document's format (no
// OpenAPI type appears here) and free of Go (no identifier is decided here), so
// that reading a document and writing code can change apart from each other.
//
// Everything in a model is sorted when it is built. Later passes walk slices
// and never a map, which is what makes the output deterministic.
package model

// API is one document.
type API struct {
	Title       string
	Description string
	Version     string // the document's own version, "1.0.0"
	Product     string // "proxy"; from the server or the file name
	Revision    string // "v1"; from the paths or the file name
	Server      string // "https://proxy.twilio.com"
	Standards   string // x-twilio.apiStandards, "v0.1"
	TokenURL    string // where OAuth tokens are requested; "" unless the document says so

	LeftOut   []Omission  // what the document has and the API cannot express, in the order of the document's paths
	Resources []*Resource // sorted by path
	Objects   []*Object   // every object the resources reach, sorted by pointer
	Enums     []*Enum     // every enum the resources reach, sorted by pointer
}

// Omission is a part of the document that cannot be expressed.
type Omission struct {
	Pointer string // JSON pointer of what is in the way
	What    string // what is left out: "CreateThing", or a parameter of it
	Reason  string // a sentence of its own: "its body is multipart/mixed"
}

// Resource is a noun of the API with its operations. Most stand on a pair of
// paths, a list path and an instance path; operations on others may have the
// same noun.
type Resource struct {
	Pointer      string // JSON pointer of its first path
	Name         string // the noun, "Session"
	Description  string
	ListPath     string   // "" when there is none
	InstancePath string   // "" when there is none
	OtherPaths   []string // paths beside that pair, sorted
	Singleton    bool     // there is one of it: no path lists or takes a parameter of its own
	Parent       *Resource
	Children     []*Resource // resources whose path lies directly below
	Operations   []*Operation
	Object       *Object  // what the operations return; nil when they return nothing of that kind
	SIDPrefixes  []string // "KC"; none when its SID has no documented prefix
	ObjectName   string   // the schema's name, "proxy.v1.service.session"
}

// Path is the path that stands for the resource: the list path, or the
// instance path where there is no other.
func (r *Resource) Path() string {
	if r.ListPath != "" {
		return r.ListPath
	}
	return r.InstancePath
}

// Operation is one method on one path.
type Operation struct {
	Pointer     string
	ID          string // "CreateSession"
	Verb        string // "Create"
	Noun        string // "Session"
	Known       bool   // the noun is the one by which the operation is known, whatever its id says
	Suffix      string // "ByAssistant" of "ListToolsByAssistant"; mostly ""
	Beside      bool   // it is no operation of the document, but stands beside one
	At          *Place // nil where it stands beside
	Resource    *Resource
	Method      string // "POST"
	Path        string // "/v1/Services/{ServiceSid}/Sessions"
	Server      string // "https://proxy.twilio.com"
	Description string
	Deprecated  bool

	PathParams  []*Param   // in the order of the path
	Params      []*Param   // all others: required first, then by name
	Conditional [][]string // of each group at least one parameter is needed
	Body        *Body      // nil: no body
	Response    Response
	Paging      *Paging // nil: not a list of pages
	Auth        Auth
}

// Place is a path of the document, as far as it says more than its operations.
type Place struct {
	Pointer     string
	Description string
	PathType    string // "list" or "instance", by x-twilio; "" when it does not say
}

// Auth says which credentials an operation takes.
type Auth int

// The kinds of credentials.
const (
	AnyAuth   Auth = iota // whatever the client has
	TokenAuth             // an OAuth access token and nothing else
	NoAuth                // none
)

// Location says where a parameter travels.
type Location int

// The locations of a parameter.
const (
	InPath    Location = iota
	InAccount          // a path parameter that is the client's own account
	InQuery
	InHeader
	InForm // a property of a form, of either encoding
	InJSON // a property of a JSON body
	InBody // the body as a whole, JSON or raw
)

// Param is a parameter of an operation, or a property of its body.
type Param struct {
	Field
	In    Location
	Style Style
}

// Style says how a list or an object is written in a query or a form.
type Style int

// The styles. A list is repeated keys unless the document says otherwise; an
// object is its JSON text.
const (
	Plain    Style = iota
	Commas         // a,b
	Spaces         // a b
	Pipes          // a|b
	Deep           // name[key]=value
	Numbered       // of a map: prefix1.Name=key, prefix1.Value=value and so on
)

// Body is what an operation sends.
type Body struct {
	ContentType string // of a raw body the usual one; "" where the document leaves it to the sender
	Encoding    Encoding
}

// Encoding is how parameters become a body.
type Encoding int

// The encodings.
const (
	Form      Encoding = iota // application/x-www-form-urlencoded
	Multipart                 // multipart/form-data, which can have files
	JSON
	Raw // the body is the one parameter, as it is
)

// Response is what an operation answers when it succeeds.
type Response struct {
	ContentType string // of a File, all that it may be: "audio/mpeg, audio/wav"
	Type        Type   // nil: nothing
	Empty       []int  // statuses that go without it, beside 204 and 205; 2 is any of 200 to 299
}

// Paging describes a list that comes in pages.
type Paging struct {
	Records string // the property with the records; "" when the body itself is the array
	Item    Type
	By      PageBy
	Param   string // the parameter that chooses a page; "" where pages have links
}

// PageBy says how an answer leads to the next page.
type PageBy int

// The ways to the next page.
const (
	ByLink   PageBy = iota // a link, or a token
	ByNumber               // it says whether there is one, and a parameter takes its number
	ByIndex                // it says how many records there are, and a parameter takes the index of the next (SCIM)
)

// Field is a named value: a property of an object or a parameter.
type Field struct {
	Pointer     string
	Name        string // on the wire
	Type        Type
	Description string
	Required    bool
	Nullable    bool
	PII         bool // personal data, by x-twilio.pii
	Privacy     Privacy
	Deprecated  bool
	Default     string // as JSON; "" when there is none
	Limits      Limits
}

// Privacy says whether logs must not show a value, and why. What is more private
// is the greater one.
type Privacy int

// The kinds of privacy.
const (
	Public   Privacy = iota // logs may show it
	Personal                // it is said of somebody, or by somebody
	Secret                  // it opens something
)

// Limits are the bounds the document puts on a value. A nil bound is none.
type Limits struct {
	Min, Max             *float64
	MinLength, MaxLength *uint64
	MinItems, MaxItems   *uint64
	Pattern              string
}

// Type is the type of a value. It is closed: Scalar, Enum, Object, List, Map,
// Free, Union and File are all there are.
type Type interface{ sealed() }

// Kind is the kind of a Scalar.
type Kind int

// The kinds of scalars.
const (
	String  Kind = iota
	Integer      // a number without a fraction that fits an int
	Long         // one that may need 64 bits
	Number
	Boolean
	DateTime
	Date

	Kinds // how many there are
)

// Scalar is a single value.
type Scalar struct {
	Kind        Kind
	Format      string   // as the document has it: "uri", "phone-number"
	SIDPrefixes []string // "KC" when the value is a SID of a known kind, or of one of several
	Text        bool     // JSON has the value as a string: "true"
}

// Origin says where a type that needs a name was found: in the document's
// components, or inside something that has a name.
type Origin struct {
	Component string     // name in the components; "" for an inline type
	Object    *Object    // the object whose property it is, or
	Operation *Operation // the operation whose parameter or answer it is
	Member    string     // the property or parameter; "" for an answer
}

// Enum is a string with known values.
type Enum struct {
	Pointer     string
	Origin      Origin
	Description string
	Values      []string // in the order of the document
}

// Object is a value with named fields. An object that is both sent and
// received is two Objects, since a field means different things there: one that
// is not sent is not the same as one that is empty.
type Object struct {
	Pointer     string
	Origin      Origin
	Description string
	Sent        bool      // part of a request
	Also        []*Object // others that this one stands for, since it has all of their fields
	Fields      []*Field  // required first where Sent, "sid" first elsewhere, then by name
}

// List is a sequence.
type List struct{ Item Type }

// Map is an object with free keys.
type Map struct {
	Value  Type
	Prefix string // for a form: what the name of each entry begins with; "" otherwise
}

// Free is any JSON value.
type Free struct{}

// Union is one of several types.
type Union struct {
	Pointer  string
	Variants []Type
}

// File is content that travels as it is: the body of a request or an answer, or
// a file in a form. It is in no other type but a list of files.
type File struct {
	ContentType string // of one that is sent, unless the sender says; "" where the document leaves it open
}

func (*Scalar) sealed() {}
func (*Enum) sealed()   {}
func (*Object) sealed() {}
func (*List) sealed()   {}
func (*Map) sealed()    {}
func (*Free) sealed()   {}
func (*Union) sealed()  {}
func (*File) sealed()   {}
