/** Who holds a lock: its process and what it said about itself. */
export interface LockHolder {
  pid: number;
  identity: string;
  held: boolean;
  info: unknown;
}

/** A lock in one's hands. */
export interface ProcessLock {
  /** Replaces what others read about the holder. */
  update(info: unknown): void;
  release(): void;
}

export interface AcquireOptions {
  /** Shown to those who find the lock taken. */
  info?: unknown;
  /** How long to wait for a holder to let go, in milliseconds; 0 by default. */
  waitMs?: number;
  /** Called once when waiting begins. */
  onWait?: (holder: LockHolder) => void;
}

export function processIdentity(pid: number): string | undefined;
export function isSameProcess(pid: number, identity: string): boolean;
export function lockHolder(directory: string, name: string): LockHolder | undefined;
export function acquireLock(
  directory: string,
  name: string,
  options?: AcquireOptions,
): Promise<{ lock: ProcessLock; holder?: undefined } | { lock?: undefined; holder: LockHolder }>;
