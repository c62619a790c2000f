import { backgroundPort, stepBack } from './backgroundPort.ts';
import type { Request } from './core/background/messages.ts';
import { Work } from './core/background/work.ts';

/** What runs in a thread of its own: a bundle that knows nothing of VS Code. */
stepBack();
const port = backgroundPort();
const work = new Work(port.post);

port.listen(message => work.take(message as Request));
