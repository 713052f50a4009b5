//go:build contract

package contract

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/excuse"
	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// documents are the ones that prism serves.
var documents = [...]string{
	"twilio_proxy_v1.json",
	"twilio_messaging_v1.json",
	"twilio_verify_v2.json",
	"twilio_conversations_v1.json",
	"twilio_api_v2010.json",
}

// TestContract fails on a complaint without an excuse and on an excuse without a complaint.
func TestContract(t *testing.T) {
	r, files := locate(t)
	script, err := installPrism(t.Context(), r.Proof(".prism"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := bindings.Generate(t.Context(), r, "contract", files)
	if err != nil {
		t.Fatal(err)
	}
	excuses, err := excuse.Read(filepath.Join("testdata", "excused.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var report strings.Builder
	for _, file := range files {
		d, err := document.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(d.Client(), func(t *testing.T) {
			server := serve(t, d, script)
			outcomes, err := proof{d, b, server.url, excuses}.run(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, out := range outcomes {
				for _, failure := range out.failures {
					t.Error(failure)
				}
			}
			fmt.Fprintf(&report, "%s: %s\n", d.Client(), count(outcomes))
		})
	}
	t.Logf("\n%s", report.String())
	for _, what := range excuses.Unused() {
		t.Errorf("there is no complaint for the excuse %q", what)
	}
}

// locate finds the documents, which are not part of the repository, and what runs prism.
func locate(t *testing.T) (r *repository.Repository, files []string) {
	r, err := repository.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range documents {
		file := r.Document(name)
		if file == "" {
			t.Skip(repository.NoDocuments)
		}
		files = append(files, file)
	}
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("prism needs Node.js: ", err)
		}
	}
	return r, files
}

// serve starts prism on the document until the end of the test.
func serve(t *testing.T, d *document.Document, script string) *prism {
	file := filepath.Join(t.TempDir(), d.File)
	if err := stateEncoding(d, file); err != nil {
		t.Fatal(err)
	}
	leash, err := filepath.Abs(filepath.Join("testdata", "leash.js"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := startPrism(t.Context(), script, leash, file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.stop)
	return p
}
