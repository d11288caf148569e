using System.Runtime.InteropServices;
using System.Text;
using HarfBuzzSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Reduces a font to what some characters need: their glyphs, the other glyphs that shaping may use for them, and the rules for shaping.
/// HarfBuzz does the work. Its managed package has no functions for subsetting yet, so this class calls the native library.
/// </summary>
internal static class FontSubset
{
    private const string Library = "libHarfBuzzSharp";

    /// <summary>
    /// HB_SUBSET_FLAGS_NO_HINTING: leaves out the instructions that fit a glyph to a screen's pixels, which a printed page does not need.
    /// </summary>
    private const uint WithoutHinting = 1;

    /// <param name="font">A TrueType or OpenType font, not compressed.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a font.</exception>
    public static byte[] Of(byte[] font, IEnumerable<Rune> characters)
    {
        var held = GCHandle.Alloc(font, GCHandleType.Pinned);
        nint input = 0,
            smaller = 0,
            result = 0;
        try
        {
            using var blob = new Blob(held.AddrOfPinnedObject(), font.Length, MemoryMode.ReadOnly);
            using var face = new Face(blob, 0);
            input = hb_subset_input_create_or_fail();
            if (input != 0)
                smaller = Cut(face, input, characters);
            if (smaller == 0)
                throw new InvalidDataException("This font cannot be made smaller.");
            result = hb_face_reference_blob(smaller);
            var start = hb_blob_get_data(result, out var length);
            var bytes = new byte[length];
            Marshal.Copy(start, bytes, 0, bytes.Length);
            return bytes;
        }
        finally
        {
            if (result != 0)
                hb_blob_destroy(result);
            if (smaller != 0)
                hb_face_destroy(smaller);
            if (input != 0)
                hb_subset_input_destroy(input);
            held.Free();
        }
    }

    private static nint Cut(Face face, nint input, IEnumerable<Rune> characters)
    {
        var wanted = hb_subset_input_unicode_set(input);
        foreach (var character in characters)
            hb_set_add(wanted, (uint)character.Value);
        hb_subset_input_set_flags(input, WithoutHinting);
        return hb_subset_or_fail(face.Handle, input);
    }

    [DllImport(Library)]
    private static extern nint hb_subset_input_create_or_fail();

    [DllImport(Library)]
    private static extern void hb_subset_input_destroy(nint input);

    [DllImport(Library)]
    private static extern nint hb_subset_input_unicode_set(nint input);

    [DllImport(Library)]
    private static extern void hb_subset_input_set_flags(nint input, uint flags);

    [DllImport(Library)]
    private static extern void hb_set_add(nint set, uint value);

    [DllImport(Library)]
    private static extern nint hb_subset_or_fail(nint face, nint input);

    [DllImport(Library)]
    private static extern nint hb_face_reference_blob(nint face);

    [DllImport(Library)]
    private static extern void hb_face_destroy(nint face);

    [DllImport(Library)]
    private static extern nint hb_blob_get_data(nint blob, out uint length);

    [DllImport(Library)]
    private static extern void hb_blob_destroy(nint blob);
}
