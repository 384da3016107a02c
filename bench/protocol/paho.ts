import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startProfile } from './profile.ts';

/*
 * `node bench/protocol/paho.ts DIR` runs Eclipse Paho's MQTT 3.1.1 interoperability suite (DIR is `interoperability` of a
 * checked-out paho.mqtt.testing; needs python3) against our door. Status 1 when a test fails that `allowed.json` does not
 * explain. The suite's own command line cannot take a port, so it is imported and told.
 */
const runner = `
import sys, unittest
sys.path.insert(0, '.')
import client_test as suite
suite.host, suite.port = '127.0.0.1', int(sys.argv[1])
suite.topics = ("TopicA", "TopicA/B", "Topic/C", "TopicA/C", "/TopicA")
suite.wildtopics = ("TopicA/+", "+/C", "#", "/#", "/+", "+/+", "TopicA/#")
suite.nosubscribe_topics = ("test/nosubscribe",)
names = [n for n in dir(suite.Test) if n.startswith('test') or n == 'will_message_test']
for name in names:
    result = unittest.TestResult()
    unittest.TestSuite([suite.Test(name)]).run(result)
    print('RESULT', name, 'pass' if result.wasSuccessful() and result.testsRun else 'fail', flush=True)
`;

async function runSuite(folder: string, port: number): Promise<Map<string, boolean>> {
  const child = spawn('python3', ['-c', runner, `${port}`], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  await new Promise((resolve) => child.on('close', resolve));
  const results = new Map(
    [...output.matchAll(/^RESULT (\S+) (\S+)$/gm)].map(([, name, word]) => [name ?? '', word === 'pass']),
  );
  if (results.size === 0) console.log(output);
  return results;
}

const allowed: Record<string, string> = JSON.parse(
  await readFile(path.join(import.meta.dirname, 'allowed.json'), 'utf8'),
).paho;
const { broker, port } = await startProfile();
const results = await runSuite(process.argv[2] ?? '.', port);
await broker.stop();
for (const [name, passes] of results)
  console.log(
    `${passes ? 'pass   ' : allowed[name] ? 'allowed' : 'FAILED '} ${name}${passes ? '' : `  ${allowed[name] ?? ''}`}`,
  );
const unexplained = [...results].filter(([name, passes]) => !passes && allowed[name] === undefined);
console.log(
  `${[...results.values()].filter(Boolean).length} of ${results.size} tests pass, ${unexplained.length} failures without a reason`,
);
process.exitCode = unexplained.length === 0 && results.size > 0 ? 0 : 1;
