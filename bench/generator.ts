import { loadToken } from '../simulators/load/community.ts';
import { type LoadOptions, runLoad } from '../simulators/load.ts';

/** The generator in a process of its own: `node bench/generator.ts '{options}'` prints the report as one line of JSON. */
const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions; // written by the benchmark that starts it
const credentials = (username: string) => ({ username, password: loadToken(username) });
process.stdout.write(`${JSON.stringify(await runLoad({ ...options, credentials }))}\n`);
