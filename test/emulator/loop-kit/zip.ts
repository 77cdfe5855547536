import { crc32 } from 'node:zlib';

/** A ZIP archive of one file, not compressed. */
export const zipOf = (name: string, text: string): Uint8Array => {
  const [file, content] = [Buffer.from(name), Buffer.from(text)];
  const entry = Buffer.alloc(26);
  entry.writeUInt16LE(20, 0);
  entry.writeUInt32LE(crc32(content), 10);
  entry.writeUInt32LE(content.length, 14);
  entry.writeUInt32LE(content.length, 18);
  entry.writeUInt16LE(file.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), entry, file, content]);
  const attributes = Buffer.alloc(14);
  // Readable by everybody, or Lambda cannot load it.
  attributes.writeUInt32LE(0o100644 * 2 ** 16, 6);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), entry, attributes, file]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]);
};
