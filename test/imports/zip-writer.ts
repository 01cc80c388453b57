import { crc32, deflateRawSync } from 'node:zlib';

/** A part of an archive. The last four exist to make archives that lie, as attackers do. */
export interface ZipPart {
  readonly name: string;
  readonly data: Buffer | string;
  /** Inflated size the directory claims, instead of the true one. */
  readonly claimedSize?: number;
  readonly encrypted?: boolean;
  readonly claimedCrc?: number;
  readonly method?: number;
}

/**
 * Writes a zip archive as APPNOTE.TXT 4.3 has it: local headers, data, central directory, end record. Written by
 * hand because tests need archives no library agrees to write.
 */
export function zip(parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { header, data, central } = entry(part, offset);
    locals.push(header, data);
    directory.push(central);
    offset += header.length + data.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(parts.length, 0xffff), 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

function entry(part: ZipPart, offset: number): { header: Buffer; data: Buffer; central: Buffer } {
  const raw = Buffer.from(part.data);
  const data = deflateRawSync(raw, { level: 9 });
  const name = Buffer.from(part.name);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(part.encrypted ? 0x801 : 0x800, 2);
  fields.writeUInt16LE(part.method ?? 8, 4);
  fields.writeUInt32LE(part.claimedCrc ?? crc32(raw), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(part.claimedSize ?? raw.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const header = Buffer.concat([signature(0x04034b50), fields, name]);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  const central = Buffer.concat([signature(0x02014b50), Buffer.from([20, 0]), fields, tail, name]);
  return { header, data, central };
}

function signature(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}
