package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/twiliogen/twiliogen/generator"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version that stands in manifests, and the Go version",
		Args:  cobra.NoArgs,
		RunE: working(func(cmd *cobra.Command) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "twiliogen %s (%s)\n", generator.Version, runtime.Version())
			return err
		}),
	}
}
