/** Which InfluxDB, and what of it. */
export type InfluxServer = {
  /** `http://host:8086`, with a path when it stands behind a proxy. */
  readonly url: string;
  /** Of 2.x and 3.x; `user:password` for 1.8 with log-in; absent for one without. */
  readonly token?: string;
  /** Of 2.x; absent for 1.8 and 3.x. */
  readonly org?: string;
  /** 2.x; the database (or `database/retentionPolicy`) of 1.8; the database of 3.x. */
  readonly bucket: string;
};

/** 1.8 writes to the bucket `database/retentionPolicy` and reads with `db` and `rp`; 2.x and 3.x read `db` as the bucket. */
export function databaseOf({ bucket }: InfluxServer): { readonly db: string; readonly rp?: string } {
  const [db = '', ...rest] = bucket.split('/');
  return rest.length === 0 ? { db } : { db, rp: rest.join('/') };
}

export function authorizationOf({ token }: InfluxServer): { readonly authorization?: string } {
  return token === undefined ? {} : { authorization: `Token ${token}` };
}

export function addressOf({ url }: InfluxServer, path: string): string {
  return url.replace(/\/+$/, '') + path;
}
