// Command twiliogen writes Go packages from Twilio's OpenAPI documents.
//
// Run twiliogen help for its commands, and see the README for how to use it
// with go generate and in CI.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
)

// Exit codes.
const (
	exitOK       = 0
	exitDrift    = 1 // --check found that the bindings are stale
	exitUsage    = 2 // flags or arguments make no sense
	exitDocument = 3 // a document or a ledger is wrong
	exitIO       = 4 // reading or writing failed
)

func main() {
	// A run is short and its memory small, some 160 MB for 40 documents: collecting
	// less often takes a tenth off its time.
	debug.SetGCPercent(300)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program without its process: what it prints and its exit code
// depend on the arguments alone.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !errors.Is(err, errDrift) {
		fmt.Fprintln(stderr, describe(cmd, err))
	}
	return exitCode(err)
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "twiliogen",
		Short: "Write Go packages from Twilio's OpenAPI documents",
		Long: "twiliogen reads Twilio's OpenAPI documents and writes the Go packages an engineer would have written by hand:\n" +
			"structs, typed enum constants, client methods and iterators, on nothing but the standard library.\n\n" +
			"Exit codes: 0 fine; 1 --check found stale bindings; 2 usage; 3 a document or a ledger is wrong; 4 reading or writing failed.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          working((*cobra.Command).Help),
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(generateCommand(), versionCommand())
	return root
}

// failure is the error of a command that has begun its work. Every other error
// is cobra's, and about the command line.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// working marks the errors of a command's work as such.
func working(work func(*cobra.Command) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		if err := work(cmd); err != nil {
			return failure{err}
		}
		return nil
	}
}

// describe is an error as it is printed. Diagnostics stand as they are, so that
// editors find the position at the beginning of the line.
func describe(cmd *cobra.Command, err error) string {
	var wrong *check.Error
	var ledger *naming.LedgerError
	var options *generator.UsageError
	var failed failure
	switch {
	case errors.As(err, &wrong):
		return wrong.Error()
	case errors.As(err, &ledger):
		return ledger.Error()
	case errors.As(err, &options):
		return "twiliogen: " + options.Text(flagOf)
	case !errors.As(err, &failed):
		return fmt.Sprintf("twiliogen: %v\nRun '%s --help' for usage.", err, cmd.CommandPath())
	}
	return "twiliogen: " + err.Error()
}

// exitCode is the exit code for an error.
func exitCode(err error) int {
	var wrong *check.Error
	var ledger *naming.LedgerError
	var options *generator.UsageError
	var failed failure
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errDrift):
		return exitDrift
	case errors.As(err, &wrong), errors.As(err, &ledger):
		return exitDocument
	case errors.As(err, &options), !errors.As(err, &failed):
		return exitUsage
	}
	return exitIO
}
