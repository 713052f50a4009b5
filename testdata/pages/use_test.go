package use

import (
	"io"
	"testing"

	"example.com/golden/pagesv1"
)

// A list follows the links from page to page and asks for no more than it
// yields.
func TestPagesByURL(t *testing.T) {
	f, client := newFake(t,
		`{"books": [{"sid": "BK1"}, {"sid": "BK2"}], "meta": {"key": "books", "next_page_url": "https://pages.twilio.com/v1/Books?Page=1&PageToken=x"}}`,
		`{"books": [{"sid": "BK3"}], "meta": {"key": "books", "next_page_url": null}}`)
	list := pagesv1.New(client).Books.List(background(), &pagesv1.ListBooksParams{Author: ptr("Ada"), PageSize: 2})
	f.nothing()
	var titles string
	for book, err := range list {
		noError(t, err)
		titles += book.SID
	}
	equal(t, "the books", titles, "BK1BK2BK3")
	equal(t, "the first page", f.asked[0].line, "GET https://pages.twilio.com/v1/Books?Author=Ada&PageSize=2")
	equal(t, "the second page", f.asked[1].line, "GET https://pages.twilio.com/v1/Books?Page=1&PageToken=x")
	equal(t, "requests", len(f.asked), 2)
}

// The limit ends the iteration and keeps the pages no larger than needed.
func TestPagesLimit(t *testing.T) {
	f, client := newFake(t, `{"books": [{"sid": "BK1"}, {"sid": "BK2"}], "meta": {"next_page_url": "https://pages.twilio.com/v1/Books?Page=1"}}`)
	n := 0
	for _, err := range pagesv1.New(client).Books.List(background(), &pagesv1.ListBooksParams{PageSize: 500, Limit: 2}) {
		noError(t, err)
		n++
	}
	equal(t, "books", n, 2)
	equal(t, "requests", len(f.asked), 1)
	f.expect("GET https://pages.twilio.com/v1/Books?PageSize=2", "")
}

// Pages can be fetched one by one, to the end.
func TestPagesByToken(t *testing.T) {
	f, client := newFake(t,
		`{"letters": [{"id": "1"}], "meta": {"pageSize": 1, "nextToken": "t.2"}}`,
		`{"letters": [{"id": "2"}], "meta": {"pageSize": 1, "nextToken": null}}`)
	page, err := pagesv1.New(client).Letters.Page(background(), &pagesv1.ListLettersParams{PageSize: 1})
	noError(t, err)
	equal(t, "the first letter", page.Items[0].ID, "1")
	page, err = page.Next(background())
	noError(t, err)
	equal(t, "the second letter", page.Items[0].ID, "2")
	f.expect("GET https://pages.twilio.com/v1/Letters?pageSize=1&pageToken=t.2", "")
	_, err = page.Next(background())
	equal(t, "the error after the last page", err, io.EOF)
}

// Pages that have numbers follow one another while there is a next one.
func TestPagesByNumber(t *testing.T) {
	f, client := newFake(t,
		`{"current_page": 0, "has_next": true, "results": [{"name": "a"}]}`,
		`{"current_page": 1, "has_next": false, "results": [{"name": "b"}]}`)
	var names string
	for shelf, err := range pagesv1.New(client).Shelves.List(background(), &pagesv1.ListShelvesParams{PageSize: 1}) {
		noError(t, err)
		names += shelf.Name
	}
	equal(t, "the shelves", names, "ab")
	equal(t, "requests", len(f.asked), 2)
	f.expect("GET https://pages.twilio.com/v1/Shelves?PageSize=1&Page=1", "")
}

// Pages that say how many records there are go on after those that came.
func TestPagesByIndex(t *testing.T) {
	f, client := newFake(t,
		`{"schemas": ["x"], "totalResults": 3, "Resources": [{"id": "1"}, {"id": "2"}]}`,
		`{"schemas": ["x"], "totalResults": 3, "startIndex": 3, "Resources": [{"id": "3"}]}`)
	var ids string
	for reader, err := range pagesv1.New(client).Readers.List(background(), &pagesv1.ListReadersParams{Filter: ptr("x")}) {
		noError(t, err)
		ids += reader.ID
	}
	equal(t, "the readers", ids, "123")
	equal(t, "requests", len(f.asked), 2)
	f.expect("GET https://pages.twilio.com/v1/scim/Readers?filter=x&startIndex=3", "")
}

// An array without an envelope is a list with one page.
func TestPagesBareArray(t *testing.T) {
	_, client := newFake(t, `[{"text": "a"}, {"text": "b"}]`)
	var text string
	for word, err := range pagesv1.New(client).Words.List(background(), nil) {
		noError(t, err)
		text += word.Text
	}
	equal(t, "the words", text, "ab")
}

// The records of a list need not be objects.
func TestPagesOfText(t *testing.T) {
	f, client := newFake(t, `{"marks": ["a", "b"], "meta": {}}`)
	var text string
	for mark, err := range pagesv1.New(client).Marks.List(background(), "BK1", nil) {
		noError(t, err)
		text += *mark
	}
	equal(t, "the marks", text, "ab")
	f.expect("GET https://pages.twilio.com/v1/Books/BK1/Marks", "")
}

// An object with an array is no page unless it says so, and a single record
// never is.
func TestPagesNone(t *testing.T) {
	_, client := newFake(t, `{"totals": [1, 2], "title": "all"}`, `{"sid": "PL1", "steps": ["a"], "meta": {"key": "steps"}}`)
	summary, err := pagesv1.New(client).Summary.Fetch(background())
	noError(t, err)
	equal(t, "a total", summary.Totals[1], 2)
	plan, err := pagesv1.New(client).Plans.Fetch(background(), "PL1")
	noError(t, err)
	equal(t, "a step", plan.Steps[0], "a")
}
