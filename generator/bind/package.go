// Package bind is one Go package as data: its files, its types with their
// fields, its clients with their methods, and the examples. Every decision about
// Go is made here, once: what a thing is called, whether it is a pointer, which
// file it lives in, what its comment says. Renderers read it and decide nothing
// but how things are laid out.
package bind

import (
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// Package is one generated package.
type Package struct {
	Name     string // "proxyv1"
	Path     string // its import path
	Root     string // import path of the folder that holds the package and the runtime
	Variable string // what examples call the package's client: "proxy"
	Doc      prose.Doc
	Files    []*File // sorted by name

	Resources []*Resource // sorted by path
}

// File is one file of a package.
type File struct {
	Name  string // "session.go"
	Test  bool   // belongs to the tests from outside the package
	Decls []Decl
}

// Decl is a declaration of a file, with what belongs to it. It is closed:
// *Client, *Resource, *Struct, *Enum and *Examples are all there are.
type Decl interface{ decl() }

func (*Client) decl()   {}
func (*Resource) decl() {}
func (*Struct) decl()   {}
func (*Enum) decl()     {}
func (*Examples) decl() {}

// Client is the package's client, with the fields that are its resources.
type Client struct {
	Doc       prose.Doc
	Server    string    // "https://proxy.twilio.com"
	TokenURL  *Constant // where OAuth tokens are requested; nil unless the document says so
	Kinds     []*Alias  // the types of constants, under which godoc lists them
	Resources []*Resource
}

// Constant is an exported constant with a text.
type Constant struct {
	Name  string
	Type  string // "" is untyped
	Value string
	Doc   prose.Doc
}

// Alias is another name for string.
type Alias struct {
	Name string
	Doc  prose.Doc
}

// Resource is a noun of the API: its object, its client and the methods.
type Resource struct {
	Name        string      // "Session"
	Object      *Struct     // what it is; nil unless a type stands for this resource alone
	SIDPrefixes []*Constant // none: not documented
	ObjectName  *Constant   // nil: not documented
	Client      string      // the type with its methods: "SessionClient"
	ClientDoc   prose.Doc
	Field       string // of the package's Client: "Sessions"
	FieldDoc    prose.Doc
	Operations  []*Operation
}

// Operation is one operation with the methods that call it: one, or List and
// Page, which share a method that builds their request.
type Operation struct {
	Methods []*Method
	Builder string // the method that they share: "listRequest"; "" for a single method
	Args    []*Arg
	Params  *Params // nil: it takes none
	Request Request
}

// Arg is a part of the path. The account of a client is none of a method's
// arguments.
type Arg struct {
	Name        string   // "serviceSID"; "" for the client's account
	Wire        string   // "ServiceSid"
	SIDPrefixes []string // "KS"; none when any text will do
}

// Request is what an operation sends, beside its parameters.
type Request struct {
	Method    string // "POST"
	Path      string // "/v1/Services/{ServiceSid}/Sessions"
	Server    string // "" is the package's
	Accept    string // "" is JSON
	Empty     []int  // statuses whose answers may be empty; 2 is any of 200 to 299
	Auth      model.Auth
	PageKey   string // the property with a page's records; "" is found at run time
	PageBy    model.PageBy
	PageParam string   // the parameter that chooses a page; "" is the usual one
	BilledFor []string // query parameters for which a read costs money
	Headers   []Header
	Body      *model.Body // nil: none
}

// Header is a header that is always sent.
type Header struct{ Name, Value string }

// Method is one method of a resource's client.
type Method struct {
	Name     string
	FullName string // "proxyv1: Sessions.Fetch"
	Doc      prose.Doc
	Kind     MethodKind
	Result   Type // what it returns; the record of a list; nil for Does and Streams
}

// MethodKind says what a method returns.
type MethodKind int

// The kinds of methods.
const (
	Does    MethodKind = iota // an error and nothing else
	Returns                   // one value
	Lists                     // an iterator over all records
	Pages                     // one page of records
	Streams                   // content that is read as it is
)

// Params is the struct of an operation's parameters.
type Params struct {
	Name   string
	Doc    prose.Doc
	Fields []*Param
	Limit  *Field     // of a list: bounds the iteration, and never travels
	OneOf  [][]*Param // of each group at least one is needed
	Redact []string   // as of a Struct

	Private []string // the wire names of parameters in the query or a form that logs must not show
}

// Param is a parameter.
type Param struct {
	Field
	In       model.Location
	Style    model.Style
	PageSize bool // the one parameter of a list that is a plain number
	MaxItems int  // how many entries it may have; 0: any number
}

// Examples are the examples of a package.
type Examples struct {
	Package     *Package
	Credentials string // the function that makes credentials which all operations take
	List        []*Example
}

// Example is a call that is answered without a network.
type Example struct {
	Name      string // "ExampleSessionClient_Fetch"
	Resource  *Resource
	Operation *Operation
	Method    *Method
	Args      []string     // of the path
	Values    []FieldValue // of the parameters; none: nil
	Answer    string       // JSON, or what a stream has
	Print     *Field       // of the result; nil prints that there is one
	Output    string
}

// FieldValue is a value of a field, as JSON decodes it: text, float64, bool,
// []any, map[string]any.
type FieldValue struct {
	Field *Field
	Value any
}
