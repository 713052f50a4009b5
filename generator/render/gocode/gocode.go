// Package gocode prints a bound package as Go files, with jennifer. It decides
// the layout of lines and nothing else: each construct of the output has a file
// here, and one function.
package gocode

import (
	"bytes"
	"fmt"
	"go/format"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
)

// File is one printed file, without the header that says it is generated.
type File struct {
	Name string // "session.go"
	Data []byte
}

// Print prints the files of a package, in their order.
func Print(pkg *bind.Package) ([]File, error) {
	p := &printer{pkg: pkg, twilio: pkg.Root + "/twilio", wire: pkg.Root + "/internal/wire"}
	var files []File
	for _, f := range pkg.Files {
		data, err := p.file(f)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", pkg.Name, f.Name, err)
		}
		files = append(files, File{f.Name, data})
	}
	return files, nil
}

// printer holds what the functions of this package share while they print one
// package.
type printer struct {
	pkg          *bind.Package
	twilio, wire string // import paths
}

// file prints and formats a file, once.
func (p *printer) file(file *bind.File) ([]byte, error) {
	f := p.newFile(file.Test)
	if slices.ContainsFunc(file.Decls, isClient) || len(p.pkg.Resources) == 0 {
		f.PackageComment(comment(p.pkg.Doc).GoString())
	}
	for _, d := range file.Decls {
		p.decl(f.Group, d)
	}
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		return nil, err
	}
	return format.Source(groupImports(b.Bytes()))
}

func isClient(d bind.Decl) bool {
	_, ok := d.(*bind.Client)
	return ok
}

func (p *printer) decl(g *jen.Group, d bind.Decl) {
	switch d := d.(type) {
	case *bind.Client:
		p.client(g, d)
	case *bind.Resource:
		p.resource(g, d)
	case *bind.Struct:
		p.structType(g, d)
		p.structMethods(g, d)
	case *bind.Enum:
		p.enum(g, d)
	case *bind.Examples:
		p.examples(g, d)
	default:
		panic(fmt.Sprintf("gocode: %T cannot be printed", d))
	}
}

// newFile begins a file whose imports have the names that the code uses.
func (p *printer) newFile(test bool) *jen.File {
	path, name := p.pkg.Path, p.pkg.Name
	if test {
		path, name = path+"_test", name+"_test"
	}
	f := jen.NewFilePathName(path, name)
	f.NoFormat = true // file formats, once
	f.ImportNames(map[string]string{
		p.pkg.Path: p.pkg.Name, p.twilio: "twilio", p.wire: "wire",
		"context": "context", "encoding/json": "json", "fmt": "fmt", "io": "io", "iter": "iter", "log": "log",
		"log/slog": "slog", "net/http": "http", "os": "os", "slices": "slices", "strings": "strings", "time": "time",
	})
	return f
}

// groupImports puts a blank line between the standard library and the rest, as
// people do; jennifer sorts all imports into one block.
func groupImports(source []byte) []byte {
	head, rest, ok := bytes.Cut(source, []byte("import (\n"))
	if !ok {
		return source
	}
	block, tail, _ := bytes.Cut(rest, []byte(")\n"))
	var std, others [][]byte
	for line := range bytes.Lines(block) {
		first, _, _ := bytes.Cut(line, []byte("/"))
		if bytes.Contains(first, []byte(".")) || !bytes.Contains(line, []byte("\"")) {
			others = append(others, line)
		} else {
			std = append(std, line)
		}
	}
	grouped := slices.Concat(std, [][]byte{[]byte("\n")}, others)
	return bytes.Join([][]byte{head, []byte("import (\n"), bytes.Join(grouped, nil), []byte(")\n"), tail}, nil)
}
