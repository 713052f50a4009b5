// Preloaded into prism: ends it when its standard input ends, hence also when the test that holds the other end is killed.
process.stdin.on("end", () => process.exit()).resume();
