module github.com/twiliogen/twiliogen/gen

go 1.23
