import { openDataFolder } from '../../../store/folder.ts';

/* Holds a data folder until it is killed: `node holder.ts {dir}`. */
await openDataFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
setInterval(() => undefined, 60_000);
