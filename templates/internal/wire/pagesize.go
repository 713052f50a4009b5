package wire

import "strconv"

// defaultPageSize is Twilio's page size when none is asked for.
const defaultPageSize = 50

// PageSize adds the size of a list's pages, unless it is 0. A page larger than
// the limit of the list would be fetched in part for nothing, so that a limit,
// unless it is 0, bounds the size.
func (v *Values) PageSize(name string, size, limit int) {
	if limit > 0 && limit < size || size == 0 && 0 < limit && limit < defaultPageSize {
		size = limit
	}
	if size != 0 {
		v.Add(name, strconv.Itoa(size))
	}
}
