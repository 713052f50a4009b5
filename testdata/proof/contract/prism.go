package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"time"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// prismVersion is the newest that runs on Node.js 18; those after it want 24.
const prismVersion = "5.14.2"

// startTimeout is how long prism may take to read a document.
const startTimeout = 2 * time.Minute

// installPrism installs prism below the folder, unless it is there already, and returns the script to run.
func installPrism(ctx context.Context, folder string) (string, error) {
	home := filepath.Join(folder, prismVersion)
	script := filepath.Join(home, "node_modules", "@stoplight", "prism-cli", "dist", "index.js")
	if _, err := os.Stat(script); err == nil {
		return script, nil
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", err
	}
	// Whatever has its final name is whole.
	partial, err := os.MkdirTemp(folder, "partial-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(partial)
	cmd := exec.CommandContext(ctx, "npm", "install", "--prefix", partial,
		"--no-audit", "--no-fund", "--ignore-scripts", "@stoplight/prism-cli@"+prismVersion)
	cmd.Dir = partial
	if _, err := repository.Output(cmd); err != nil {
		return "", err
	}
	return script, os.Rename(partial, home)
}

// prism is a running mock server.
type prism struct {
	url string // "http://127.0.0.1:4010"

	cmd    *exec.Cmd
	output output
	done   chan struct{} // closed after the process has ended
}

// startPrism serves a document and returns when the server takes connections. The script leash is loaded first.
//
// Prism validates both sides. It refuses a request that breaks the document, and says in a header what is wrong with its
// own answer. It is run without --errors, which adds nothing to the former and turns the latter into an error: there
// would be nothing to decode then.
func startPrism(ctx context.Context, script, leash, document string) (*prism, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	p := &prism{url: "http://" + address, done: make(chan struct{})}
	p.cmd = exec.CommandContext(ctx, "node", "--require", leash, script, "mock",
		"--multiprocess=false", "--host", host, "--port", port, document)
	p.cmd.Stdout, p.cmd.Stderr = &p.output, &p.output
	// The pipe stays open until the process has ended, or this one has.
	if _, err := p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = p.cmd.Wait() // how it ended is of no interest: it is killed
		close(p.done)
	}()
	if err := p.await(ctx, address); err != nil {
		p.stop()
		return nil, fmt.Errorf("prism does not serve %s: %w\n%s", filepath.Base(document), err, p.output.String())
	}
	return p, nil
}

// await returns when the address takes connections.
func (p *prism) await(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err == nil {
			return conn.Close()
		}
		select {
		case <-tick.C:
		case <-p.done:
			return errors.New("it has ended")
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// stop ends the process and waits until it has ended.
func (p *prism) stop() {
	_ = p.cmd.Process.Kill() // fails when it has ended by itself
	<-p.done
}

// freeAddress returns an address of the loopback interface that nothing listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// output keeps what a process writes. The process and the one that reads it are not in step.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}
