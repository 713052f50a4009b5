package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/twiliogen/twiliogen/generator"
)

// errDrift says that --check found stale bindings; the diff has been printed.
var errDrift = errors.New("bindings are stale")

func generateCommand() *cobra.Command {
	var opts generator.Options
	var check, dryRun bool
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write the bindings, or check that they are current",
		Long: "generate writes one Go package for each document, and the runtime they share, below the output folder.\n" +
			"It touches nothing else there. Without --spec it reads the Proxy v1 document that comes with twiliogen.",
		Example: "  twiliogen generate --out internal/twilio\n" +
			"  twiliogen generate --spec twilio_messaging_v1.json --resource Service --out internal/twilio\n" +
			"  twiliogen generate --check",
		Args: cobra.NoArgs,
		RunE: working(func(cmd *cobra.Command) error {
			opts.Stdin = cmd.InOrStdin()
			if check || dryRun {
				opts.Mode = generator.Preview
			}
			line := newProgressLine(cmd.ErrOrStderr())
			opts.Progress = line.show
			result, err := generator.Generate(cmd.Context(), opts)
			line.clear()
			if err != nil {
				return err
			}
			for _, w := range result.Warnings {
				if _, err := fmt.Fprintln(cmd.ErrOrStderr(), w); err != nil {
					return err
				}
			}
			if err := report(cmd.OutOrStdout(), result, check, dryRun); err != nil {
				return err
			}
			if result.Wrong != nil {
				return result.Wrong
			}
			return nil
		}),
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVar(&opts.Specs, "spec", nil, "document to read: a file (JSON or YAML), a folder of documents, or - for standard input; repeatable")
	flags.StringArrayVar(&opts.Resources, "resource", nil, "generate only this resource and those below its path; repeatable")
	flags.StringVar(&opts.Out, "out", generator.DefaultOut, "folder to write to")
	flags.StringVar(&opts.Package, "package", "", "name of the package (default: product and version, such as proxyv1)")
	flags.StringVar(&opts.ImportPath, "import-path", "", "import path of the output folder (default: from the go.mod above it)")
	flags.BoolVar(&check, "check", false, "write nothing; print a diff and exit with 1 unless the bindings are current")
	flags.BoolVar(&dryRun, "dry-run", false, "write nothing; list the files that would change")
	flags.BoolVar(&opts.KeepGoing, "keep-going", false, "when some documents are wrong, go on with the others (and still exit with 3)")
	cmd.MarkFlagsMutuallyExclusive("check", "dry-run")
	return cmd
}

// flagOf is the flag that sets an option, as users write it. An option without
// one is the program's own.
func flagOf(option string) string {
	if flag, ok := optionFlags[option]; ok {
		return "--" + flag
	}
	return option
}

// optionFlags are the flags that set fields of generator.Options.
var optionFlags = map[string]string{
	"Specs": "spec", "Resources": "resource", "Out": "out", "Package": "package", "ImportPath": "import-path", "KeepGoing": "keep-going",
}

// report prints what a run did or found.
func report(w io.Writer, result *generator.Result, check, dryRun bool) error {
	if check {
		if result.Plan.Clean() && len(result.Plan.Strays()) == 0 {
			return nil
		}
		if err := result.Plan.Diff(w); err != nil {
			return err
		}
		return errDrift
	}
	return summary(w, result, dryRun)
}

// summary prints a line for each change that a dry run found, and a line for
// each package.
func summary(w io.Writer, result *generator.Result, dryRun bool) error {
	changes := result.Plan.Changes()
	if dryRun {
		for _, c := range changes {
			if _, err := fmt.Fprintf(w, "%-8s %s\n", c.Kind, c.Path); err != nil {
				return err
			}
		}
	}
	for _, p := range result.Packages {
		_, err := fmt.Fprintf(w, "%s: %d resources, %d operations, %d files, from %s\n", p.ImportPath, p.Resources, p.Operations, p.Files, p.Document)
		if err != nil {
			return err
		}
	}
	for _, stray := range result.Plan.Strays() {
		if _, err := fmt.Fprintf(w, "%s is generated but not by this run; delete it if it is not needed\n", stray); err != nil {
			return err
		}
	}
	verb := "changed"
	if dryRun {
		verb = "would change"
	}
	_, err := fmt.Fprintf(w, "%d files %s\n", len(changes), verb)
	return err
}
