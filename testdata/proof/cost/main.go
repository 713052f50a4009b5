// Command cost measures what twiliogen and its output cost, each beside what
// it is held against, and prints one table. Run it in the module of
// testdata/proof:
//
//	go run ./cost
//
// It compares the run of the generator with oapi-codegen and with the floor,
// the compilation of the bindings with that of twilio-go, and the build of a
// program on the bindings with that of the same program on net/http. The
// figures are medians over rounds in which everybody takes a turn, so that
// whatever else the machine does meets all of them alike. Processor time is
// that of the process and of those that it starts.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("cost: ")
	rounds := flag.Int("rounds", 5, "how often everything is measured")
	flag.Parse()
	if flag.Arg(0) == floorCommand {
		if err := floor(flag.Arg(1), flag.Arg(2)); err != nil {
			log.Fatal(err)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *rounds); err != nil {
		log.Fatal(err)
	}
}

// run measures everything and prints each part when it is done.
func run(ctx context.Context, rounds int) error {
	w, err := newWorkspace(ctx)
	if err != nil {
		return err
	}
	defer w.remove()
	if len(w.documents) == 0 {
		fmt.Print(repository.NoDocuments + ": what needs them is left out.\n\n")
	}
	for _, part := range []func(context.Context, *workspace, int) ([]*table, error){generation, compilation, building} {
		tables, err := part(ctx, w, max(rounds, 1))
		if err != nil {
			return err
		}
		for _, t := range tables {
			fmt.Println(t)
		}
	}
	return nil
}
