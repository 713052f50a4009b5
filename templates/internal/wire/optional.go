package wire

// Optional reads a value that may be null, which gives nil. It is for an object
// that contains itself.
func Optional[T any](d *Decoder, item func(*Decoder) T) *T {
	if d.peek() == 'n' {
		d.Skip()
		return nil
	}
	v := item(d)
	return &v
}
