package wire

import "strconv"

// Numbered adds the entries of m as pairs with a number each: Parameter1.Name and Parameter1.Value, Parameter2.Name and
// so on, sorted by name. More than most entries are a problem.
func (v *Values) Numbered(prefix string, m map[string]string, most int) {
	if len(m) > most {
		v.fail(prefix, "may have at most "+strconv.Itoa(most)+" entries")
		return
	}
	for i, name := range sortedKeys(m) {
		number := prefix + strconv.Itoa(i+1)
		v.Add(number+".Name", name)
		v.Add(number+".Value", m[name])
	}
}
