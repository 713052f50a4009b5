package wire

// List reads an array with item for each element. Null, and what is no array, gives nil; an empty array a list that is
// empty and not nil.
func List[T any](d *Decoder, item func(*Decoder) T) []T {
	if !d.Array() {
		return nil
	}
	list := []T{}
	for d.More() {
		list = append(list, item(d))
	}
	return list
}

// Structs is [List] for elements that are objects.
func Structs[T any](d *Decoder, item func(*Decoder) *T) []T {
	if !d.Array() {
		return nil
	}
	list := []T{}
	for d.More() {
		list = append(list, *item(d))
	}
	return list
}

// Optional reads a value that may be null, which gives nil. It is for an object that contains itself.
func Optional[T any](d *Decoder, item func(*Decoder) *T) *T {
	if d.peek() == 'n' {
		d.Skip()
		return nil
	}
	return item(d)
}

// Map reads an object with item for each member's value. Null, and what is no object, gives nil.
func Map[T any](d *Decoder, item func(*Decoder) T) map[string]T {
	if !d.Object() {
		return nil
	}
	m := map[string]T{}
	for d.Next() {
		key := d.keep(d.Key())
		m[key] = item(d)
	}
	return m
}

// Nothing stands in place of a decoder where the answer does not matter.
func Nothing(*Decoder) *struct{} { return nil }

// The compiler makes a copy of a generic function for every type of a generated package. The functions below are
// therefore short, and what is long is not generic.

// Decode reads a whole document. It fails when that is no JSON, has something behind it, or is of another kind than the
// object or array that decode asks for. A document that is null gives the zero value.
func Decode[T any](data []byte, decode func(*Decoder) T) (v T, err error) {
	d := NewDecoder(data)
	v = decode(d)
	if err = d.finish(); err != nil {
		v = *new(T)
	}
	return v, err
}

// Unmarshal is [Decode] for an UnmarshalJSON method. T is a pointer, which is nil, so that there is nothing to set, for a
// document that is null and with an error.
func Unmarshal[T any](data []byte, decode func(*Decoder) T) (v T, err error) {
	if d := NewDecoder(data); d.peek() == 'n' {
		d.Skip()
		return v, d.finish()
	}
	return Decode(data, decode)
}

// PageLink is what a page says about the one behind it.
type PageLink struct {
	Next  string // the link to the next page, a URL or a path; "" when there is none
	Token string // the token of the next page; "" when there is none

	HasNext bool // has_next: there is a page after number Page
	Page    int  // current_page
	Start   int  // startIndex: the index of the page's first record; 0 when it is not there
	Total   int  // totalResults: how many records all pages have
}

// DecodePage reads the answer to a list operation in one pass and calls record where each record stands. The records are
// the array under key. When there is none, or key is "", they are the array that meta.key names, or else the only array,
// or the document itself when it is one; for a document that holds several and does not say which, there are no records.
// Each record can be kept without the others. After an error, what was recorded is not to be used.
func DecodePage(body []byte, key string, record func(*Decoder)) (PageLink, error) {
	var info pageInfo
	found := false
	d := NewDecoder(body)
	if d.peek() == '[' {
		readRecords(d, record)
		found = true
	} else {
		for ok := d.Object(); ok && d.Next(); {
			if key != "" && string(d.Key()) == key {
				readRecords(d, record)
				found = true
			} else {
				info.read(d)
			}
		}
	}
	if err := d.finish(); err != nil {
		return PageLink{}, err
	}
	if start, ok := info.recordsAt(); ok && !found {
		readRecords(&Decoder{data: body, pos: start}, record)
	}
	return info.link, nil
}

// readRecords reads the elements of an array, each with memory of its own.
func readRecords(d *Decoder, record func(*Decoder)) {
	for ok := d.Array(); ok && d.More(); {
		d.record()
		record(d)
	}
}

// pageInfo is what a page says about itself and the page behind it.
type pageInfo struct {
	link   PageLink
	key    string
	arrays []arrayAt // the arrays that were skipped
}

// arrayAt is an array property of a page, and where its value starts.
type arrayAt struct {
	key   string
	start int
}

// read reads a property of the page.
func (p *pageInfo) read(d *Decoder) {
	switch key := d.Key(); {
	case string(key) == "meta":
		for ok := d.Object(); ok && d.Next(); {
			if string(d.Key()) == "key" {
				p.key = text(d)
			} else {
				p.readLink(d)
			}
		}
	case d.peek() == '[':
		p.arrays = append(p.arrays, arrayAt{string(key), d.pos})
		d.Skip()
	default:
		p.readLink(d)
	}
}

func (p *pageInfo) readLink(d *Decoder) {
	switch string(d.Key()) {
	case "next_page_url", "next_page_uri":
		p.link.Next = text(d)
	case "nextToken", "next_token":
		p.link.Token = text(d)
	case "has_next":
		p.link.HasNext = d.Bool()
	case "current_page":
		p.link.Page = d.Int()
	case "startIndex":
		p.link.Start = d.Int()
	case "totalResults":
		p.link.Total = d.Int()
	default:
		d.Skip()
	}
}

// text reads a string into memory of its own, since the arena belongs to the records.
func text(d *Decoder) string {
	if kind, text := d.scalar(); kind == '"' {
		return string(text)
	}
	return ""
}

// recordsAt returns where the records start when they are not under the expected key.
func (p *pageInfo) recordsAt() (start int, ok bool) {
	for _, a := range p.arrays {
		if a.key == p.key || len(p.arrays) == 1 && p.key == "" {
			return a.start, true
		}
	}
	return 0, false
}
