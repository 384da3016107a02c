import type { PhotoType } from '../../model/photo.ts';

/** Each thing is its document as JSON; columns stand beside it only where something searches by them. */
type EntityTable = { id: string; doc: string };

export type Tables = {
  areas: EntityTable & { parent_id: string | null };
  residents: EntityTable & { area_id: string };
  devices: EntityTable & { resident_id: string | null; hub_id: string | null; token_hash: string | null };
  zones: EntityTable & { resident_id: string | null; area_id: string | null };
  users: EntityTable & { username: string; password_hash: string | null };
  policies: EntityTable;
  silences: EntityTable;
  rosters: EntityTable & { area_id: string };
  sessions: { token_hash: string; user_id: string; created_at_ms: number; expires_at_ms: number };
  alerts: {
    id: string;
    /** Every type seen, each between slashes: `/sos//fall/`. */
    types: string;
    severity: string;
    state: string;
    resident_id: string;
    /** Area ids from the root: `/city/street/grid/`. */
    area_path: string;
    opened_at_ms: number;
    resolved_at_ms: number | null;
    doc: string;
  };
  timeline: { alert_id: string; position: number; doc: string };
  /** `seen_at_ms`: when retention first found it; null until then. */
  applied_signals: { id: string; seen_at_ms: number | null };
  notifications: { id: string; alert_id: string; state: string; next_attempt_at_ms: number; doc: string };
  portraits: { resident_id: string; type: PhotoType; bytes: Uint8Array };
  photos: { alert_id: string; type: PhotoType; bytes: Uint8Array };
  audit: { id: number; at_ms: number; about: string; doc: string; salt: string; seal: string; link: string };
  /** What happens to a share has columns of its own: an opening and the end of it may meet. */
  shares: {
    id: string;
    resident_id: string;
    token_hash: string;
    expires_at_ms: number;
    revoked_at_ms: number | null;
    openings: number;
    opened_at_ms: number | null;
    doc: string;
  };
  displays: EntityTable & { user_id: string; token_hash: string; expires_at_ms: number };
  notices: { id: string; resident_id: string; expires_at_ms: number; ended_at_ms: number | null; doc: string };
  visits: { id: string; resident_id: string; at_ms: number; kind: string; outcome: string; doc: string };
  settings: { key: string; value: string };
  /** Pieces of a large import: `community-writes.ts`. */
  staged_writes: { position: number; doc: string };
};
