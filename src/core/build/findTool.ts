/**
 * Where a program may be, in the order in which a system looks for it.
 *
 * @param command a name, `pandoc`, or a path from the root
 * @param environment `PATH`, and Windows's `PATHEXT`, as they are set
 */
export function programPaths(
  command: string,
  environment: { readonly path: string; readonly endings?: string | undefined },
  isWindows: boolean,
): readonly string[] {
  const endings = isWindows && !/\.\w+$/.test(command) ? (environment.endings || '.EXE;.CMD;.BAT').split(';').filter(Boolean) : [''];
  const named = endings.map(ending => `${command}${ending}`);
  if (isRooted(command, isWindows)) {
    return named;
  }
  if (/[\\/]/.test(command)) {
    return [];
  }
  const slash = isWindows ? '\\' : '/';
  const folders = environment.path.split(isWindows ? ';' : ':').map(folder => folder.trim().replace(/^"(.*)"$/, '$1'));
  return folders
    .filter(folder => isRooted(folder, isWindows))
    .flatMap(folder => named.map(name => `${folder.replace(/[\\/]+$/, '')}${slash}${name}`));
}

function isRooted(path: string, isWindows: boolean): boolean {
  return isWindows ? /^(?:[a-z]:[\\/]|\\\\)/i.test(path) : path.startsWith('/');
}
