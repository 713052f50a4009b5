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

	"github.com/spf13/cobra"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/openapi"
)

// Exit codes.
const (
	exitOK       = 0
	exitDrift    = 1 // --check found that the bindings are stale
	exitUsage    = 2 // flags or arguments make no sense
	exitDocument = 3 // a document is wrong
	exitIO       = 4 // reading or writing failed
)

func main() {
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
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errDrift) {
		fmt.Fprintln(stderr, describe(err))
	}
	return exitCode(err)
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "twiliogen",
		Short: "Write Go packages from Twilio's OpenAPI documents",
		Long: "twiliogen reads Twilio's OpenAPI documents and writes the Go packages an engineer would have written by hand:\n" +
			"structs, typed enum constants, client methods and iterators, on nothing but the standard library.\n\n" +
			"Exit codes: 0 fine; 1 --check found stale bindings; 2 usage; 3 a document is wrong; 4 reading or writing failed.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usageError{cmd, err} })
	root.AddCommand(generateCommand(), versionCommand())
	return root
}

// usageError is a fault in the command line.
type usageError struct {
	cmd *cobra.Command
	err error
}

func (e usageError) Error() string {
	return fmt.Sprintf("twiliogen: %v\nRun '%s --help' for usage.", e.err, e.cmd.CommandPath())
}

func (e usageError) Unwrap() error { return e.err }

// describe is an error as it is printed. Diagnostics stand as they are, so that
// editors find the position at the beginning of the line.
func describe(err error) string {
	var wrong *openapi.Error
	var cmdline usageError
	switch {
	case errors.As(err, &wrong):
		return wrong.Error()
	case errors.As(err, &cmdline):
		return cmdline.Error()
	}
	return "twiliogen: " + err.Error()
}

// exitCode tells the kind of an error.
func exitCode(err error) int {
	var wrong *openapi.Error
	var options *generator.UsageError
	var cmdline usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errDrift):
		return exitDrift
	case errors.As(err, &wrong):
		return exitDocument
	case errors.As(err, &options), errors.As(err, &cmdline):
		return exitUsage
	}
	return exitIO
}
