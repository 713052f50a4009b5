package wire

import (
	"errors"
	"fmt"
)

// PageLink is how a page refers to the next one.
type PageLink struct {
	Next  string // the link to the next page, a URL or a path; "" if there is none
	Token string // the token of the next page; "" if there is none
	Bad   bool   // the link or the token is neither text nor null

	Records int // how many records the page has

	HasNext bool // has_next: there is a page after number Page
	Page    int  // current_page
	Start   int  // startIndex: the index of the first record of the page; 0 if it is not given
	Total   int  // totalResults: how many records all pages have
}

// ErrNoRecords is the error of a page that has no list of records, not even an empty one.
var ErrNoRecords = errors.New("json: the records are missing")

// DecodePage reads the response to a list operation in one pass and calls record at the start of
// each record, which takes size bytes in memory without its strings. Each record can be kept in
// memory without the others. After an error, the records must not be used.
//
// The records are the array under key, or if there is none, the array that meta.key names. If key is
// "", they are otherwise the only array, or the document itself if that is an array.
//
// A page must say something, as [Answer] asks of an object, and so must each record. A page without
// records has an empty array, or null if it says of the next page that there is none, or a total
// of 0.
func DecodePage(body []byte, key string, size int, record func(*Decoder)) (PageLink, error) {
	p := pageReader{key: key, size: size, record: record}
	d := NewDecoder(body)
	d.expect()
	if key == "" && d.peek() == '[' {
		p.records(d)
	} else {
		for ok := d.Object(); ok && d.Next(); {
			p.member(d)
		}
	}
	err := d.answered()
	if err == nil && !p.found {
		err = p.recordsElsewhere(body)
	}
	if err != nil {
		return PageLink{}, err
	}
	return p.link, nil
}

// pageReader reads a page.
type pageReader struct {
	key    string
	size   int
	record func(*Decoder)

	link      PageLink
	found     bool      // the records have been read
	null      bool      // there is null in place of the records
	placed    bool      // the page says whether there is another
	counted   bool      // the page says how many records there are in all
	metaKey   string    // the name of the records, as the page gives it
	elsewhere []arrayAt // the arrays that were skipped
}

// arrayAt is an array property of a page, with the offset of its value.
type arrayAt struct {
	key   string
	start int
}

// member reads one property of the page.
func (p *pageReader) member(d *Decoder) {
	switch key := d.Key(); {
	case p.key != "" && string(key) == p.key:
		p.records(d)
	case string(key) == "meta":
		for ok := d.enter('{'); ok && d.Next(); {
			if string(d.Key()) == "key" {
				p.metaKey = text(d)
			} else {
				p.place(d)
			}
		}
	default:
		p.place(d)
	}
}

// place reads a property that says which page this is, or where the next one is. What is null says
// nothing, and takes nothing back.
func (p *pageReader) place(d *Decoder) {
	switch string(d.Key()) {
	case "next_page_url", "next_page_uri":
		p.target(d, &p.link.Next)
	case "nextToken", "next_token":
		p.target(d, &p.link.Token)
	case "has_next":
		if more, ok := d.bool(); ok {
			p.link.HasNext, p.placed = more, true
		}
	case "current_page":
		p.link.Page = d.Int()
	case "startIndex":
		p.link.Start = d.Int()
	case "totalResults":
		if total, ok := d.int(); ok {
			p.link.Total, p.placed, p.counted = total, true, true
		}
	default:
		p.other(d)
	}
}

// other steps over a property that says nothing of the next page. An array of the page's own may
// still turn out to be the records.
func (p *pageReader) other(d *Decoder) {
	const ofPage = 1 // depth of its properties
	if d.depth == ofPage && d.peek() == '[' {
		p.elsewhere = append(p.elsewhere, arrayAt{string(d.Key()), d.pos})
		d.skip()
		return
	}
	d.Skip()
}

// target reads a link or a token.
func (p *pageReader) target(d *Decoder, target *string) {
	p.placed = true
	switch kind, text := d.scalar(); kind {
	case '"', '0':
		if len(text) > 0 {
			*target = string(text)
		}
	case 'n':
	default:
		p.link.Bad = true
	}
}

// text reads a string into memory of its own, since the arena belongs to the records.
func text(d *Decoder) string {
	if kind, text := d.scalar(); kind == '"' {
		return string(text)
	}
	return ""
}

// records reads the records, each into memory of its own.
func (p *pageReader) records(d *Decoder) {
	switch c := d.peek(); c {
	case '[':
		p.found = true
	case 'n':
		p.null = true
	default:
		d.misfit = fmt.Errorf("json: expected an array, found %s", kindName(c))
	}
	page := d.subject
	for ok := d.enter('['); ok && d.More(); {
		d.record()
		d.expect()
		d.spend(p.size)
		p.link.Records++
		p.record(d)
		if err := d.misfit; err != nil {
			d.fail(err)
		} else if err := d.subject.says(); err != nil {
			d.fail(err)
		}
	}
	d.subject = page
}

// recordsElsewhere reads the records where the page says that they are, or where alone they can be.
func (p *pageReader) recordsElsewhere(body []byte) error {
	for _, a := range p.elsewhere {
		if a.key == p.metaKey || p.key == "" && p.metaKey == "" && len(p.elsewhere) == 1 {
			d := &Decoder{data: body, pos: a.start}
			p.records(d)
			return d.err
		}
	}
	if p.null && p.placed || p.counted && p.link.Total == 0 {
		return nil
	}
	return ErrNoRecords
}
