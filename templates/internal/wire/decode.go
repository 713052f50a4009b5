package wire

// List reads an array, calling item for each element. Null and anything that is not an array give
// nil; an empty array gives a list that is empty but not nil.
func List[T any](d *Decoder, item func(*Decoder) T) []T {
	if !d.Array() {
		return nil
	}
	list, size := []T{}, SizeOf((*T)(nil))
	for d.More() {
		d.spend(size)
		list = append(list, item(d))
	}
	return list
}

// Structs is like [List], for elements that are objects.
func Structs[T any](d *Decoder, item func(*Decoder) *T) []T {
	if !d.Array() {
		return nil
	}
	list, size := []T{}, SizeOf((*T)(nil))
	for d.More() {
		d.spend(size)
		list = append(list, *item(d))
	}
	return list
}

// Optional reads a value that may be null, for which it returns nil. It is used where an object
// contains itself.
func Optional[T any](d *Decoder, item func(*Decoder) *T) *T {
	if d.peek() == 'n' {
		d.skip()
		return nil
	}
	d.spend(SizeOf((*T)(nil)))
	return item(d)
}

// Map reads an object, calling item for the value of each member. Null and anything that is not an
// object give nil.
func Map[T any](d *Decoder, item func(*Decoder) T) map[string]T {
	if !d.enter('{') {
		return nil
	}
	m, size := map[string]T{}, SizeOf((*string)(nil))+SizeOf((*T)(nil))
	for d.Next() {
		d.spend(size)
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

// Answer is like [Decode], for the answer to a call, which must say something: a document that is
// empty, null where an object or an array is expected, without any declared member, or an error that
// came with the status of a success, is an error.
func Answer[T any](data []byte, decode func(*Decoder) T) (v T, err error) {
	d := NewDecoder(data)
	d.expect()
	v = decode(d)
	if err = d.answered(); err != nil {
		v = *new(T)
	}
	return v, err
}

// Unmarshal is like [Decode], for an UnmarshalJSON method. T is a pointer. The result is nil if the
// document is null or cannot be read: there is nothing to set.
func Unmarshal[T any](data []byte, decode func(*Decoder) T) (v T, err error) {
	if d := NewDecoder(data); d.peek() == 'n' {
		d.skip()
		return v, d.finish()
	}
	return Decode(data, decode)
}
