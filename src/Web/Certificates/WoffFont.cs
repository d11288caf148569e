using System.Buffers.Binary;
using System.IO.Compression;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Opens a font in WOFF 1.0 (W3C Recommendation of 2012): a TrueType or OpenType font whose tables are compressed one by one.
/// </summary>
public static class WoffFont
{
    private const uint Signature = 0x774F4646; // "wOFF"
    private const int HeaderLength = 44,
        EntryLength = 20,
        SfntHeaderLength = 12,
        SfntEntryLength = 16;

    /// <returns>The TrueType or OpenType font.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a WOFF 1.0 file.</exception>
    public static byte[] Open(ReadOnlySpan<byte> woff)
    {
        if (woff.Length < HeaderLength || BinaryPrimitives.ReadUInt32BigEndian(woff) != Signature)
            throw new InvalidDataException("This is not a WOFF 1.0 font.");
        int tables = BinaryPrimitives.ReadUInt16BigEndian(woff[12..]);
        var font = new byte[BinaryPrimitives.ReadUInt32BigEndian(woff[16..])];
        woff[4..8].CopyTo(font);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(4), (ushort)tables);
        var log = int.Log2(tables);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(6), (ushort)(16 << log));
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(8), (ushort)log);
        BinaryPrimitives.WriteUInt16BigEndian(font.AsSpan(10), (ushort)((tables * 16) - (16 << log)));
        var at = SfntHeaderLength + (tables * SfntEntryLength);
        for (var i = 0; i < tables; i++)
        {
            var entry = woff.Slice(HeaderLength + (i * EntryLength), EntryLength);
            var offset = (int)BinaryPrimitives.ReadUInt32BigEndian(entry[4..]);
            var stored = (int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
            var listed = font.AsSpan(SfntHeaderLength + (i * SfntEntryLength), SfntEntryLength);
            entry[..4].CopyTo(listed); // tag
            entry[16..20].CopyTo(listed[4..]); // checksum
            BinaryPrimitives.WriteUInt32BigEndian(listed[8..], (uint)at);
            BinaryPrimitives.WriteUInt32BigEndian(listed[12..], (uint)length);
            Unpack(woff.Slice(offset, stored), font.AsSpan(at, length));
            at = (at + length + 3) & ~3;
        }
        return font;
    }

    /// <summary>Unpacks a table. If compression would not make a table smaller, the table is stored without compression.</summary>
    private static void Unpack(ReadOnlySpan<byte> stored, Span<byte> table)
    {
        if (stored.Length == table.Length)
        {
            stored.CopyTo(table);
            return;
        }
        using var packed = new MemoryStream(stored.ToArray());
        using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
        unpacked.ReadExactly(table);
    }
}
