package wire

// List reads an array, calling item for each element. Null and anything that is not an array give
// nil; an empty array gives a list that is empty but not nil.
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

// Structs is like [List], for elements that are objects.
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

// Optional reads a value that may be null, for which it returns nil. It is used where an object
// contains itself.
func Optional[T any](d *Decoder, item func(*Decoder) *T) *T {
	if d.peek() == 'n' {
		d.Skip()
		return nil
	}
	return item(d)
}

// Map reads an object, calling item for the value of each member. Null and anything that is not an
// object give nil.
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

// Nothing takes the place of a decoder where the response does not matter.
func Nothing(*Decoder) *struct{} { return nil }

// The compiler makes a copy of a generic function for every type of a generated package. The
// functions below are therefore short, and long code is not generic.

// Decode reads a whole document. It fails if that is not valid JSON, if anything follows it, or if
// it is not the kind of value, object or array, that decode asks for. A document that is null gives
// what decode makes of null: an empty value.
func Decode[T any](data []byte, decode func(*Decoder) T) (v T, err error) {
	d := NewDecoder(data)
	v = decode(d)
	if err = d.finish(); err != nil {
		v = *new(T)
	}
	return v, err
}

// Unmarshal is like [Decode], for an UnmarshalJSON method. T is a pointer. The result is nil if the
// document is null or cannot be read: there is nothing to set.
func Unmarshal[T any](data []byte, decode func(*Decoder) T) (v T, err error) {
	if d := NewDecoder(data); d.peek() == 'n' {
		d.Skip()
		return v, d.finish()
	}
	return Decode(data, decode)
}

// PageLink is how a page refers to the next one.
type PageLink struct {
	Next  string // the link to the next page, a URL or a path; "" if there is none
	Token string // the token of the next page; "" if there is none

	HasNext bool // has_next: there is a page after number Page
	Page    int  // current_page
	Start   int  // startIndex: the index of the first record of the page; 0 if it is not given
	Total   int  // totalResults: how many records all pages have
}

// DecodePage reads the response to a list operation in one pass and calls record at the start of
// each record. The records are the array under key. If there is none, or key is "", they are the
// array that meta.key names, or else the only array, or the document itself if that is an array. A
// document with several arrays that does not say which of them holds the records has no records.
// Each record can be kept in memory without the others. After an error, the records must not be
// used.
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

// readRecords reads the elements of an array, each into memory of its own.
func readRecords(d *Decoder, record func(*Decoder)) {
	for ok := d.Array(); ok && d.More(); {
		d.record()
		record(d)
	}
}

// pageInfo is what a page says about itself and about the next page.
type pageInfo struct {
	link   PageLink
	key    string
	arrays []arrayAt // the arrays that were skipped
}

// arrayAt is an array property of a page, with the offset of its value.
type arrayAt struct {
	key   string
	start int
}

// read reads one property of the page.
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

// recordsAt returns where the records start if they are not under the expected key.
func (p *pageInfo) recordsAt() (start int, ok bool) {
	for _, a := range p.arrays {
		if a.key == p.key || len(p.arrays) == 1 && p.key == "" {
			return a.start, true
		}
	}
	return 0, false
}
