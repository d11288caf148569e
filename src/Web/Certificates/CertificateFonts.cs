using System.Collections.Immutable;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace ConsultHub.Web.Certificates;

public enum FontStrength
{
    Regular,
    Strong,
}

/// <summary>IBM Plex Sans for Latin, Arabic and Korean (SIL Open Font License 1.1), from the client's packages.</summary>
public sealed class CertificateFonts : IDisposable
{
    private static readonly string[] Families = ["IBMPlexSans", "IBMPlexSansArabic", "IBMPlexSansKR"];

    private readonly Dictionary<FontStrength, ImmutableArray<Face>> _faces;

    /// <summary>One font with its shaper. Not thread-safe.</summary>
    /// <param name="Source">The font file, not compressed.</param>
    public sealed record Face(SKTypeface Typeface, SKShaper Shaper, SKFont Font, byte[] Source)
    {
        public bool Has(Rune rune) => Font.ContainsGlyph(rune.Value);
    }

    /// <param name="folder">The folder with the WOFF files.</param>
    /// <exception cref="FileNotFoundException">The server was built without the client's packages.</exception>
    public CertificateFonts(string folder)
    {
        _faces = Enum.GetValues<FontStrength>()
            .ToDictionary(
                strength => strength,
                strength =>
                {
                    var suffix = strength == FontStrength.Strong ? "SemiBold" : "Regular";
                    return Families
                        .Select(family => Open(WoffFont.Open(File.ReadAllBytes(Path.Combine(folder, $"{family}-{suffix}.woff")))))
                        .ToImmutableArray();
                }
            );
    }

    private CertificateFonts(Dictionary<FontStrength, ImmutableArray<Face>> faces) => _faces = faces;

    /// <summary>
    /// Returns the same fonts, reduced to what these characters need. A document contains its fonts, and the whole Korean font alone takes
    /// a megabyte.
    /// </summary>
    public CertificateFonts Only(IReadOnlySet<Rune> characters) =>
        new(_faces.ToDictionary(f => f.Key, f => f.Value.Select(face => Open(FontSubset.Of(face.Source, characters))).ToImmutableArray()));

    /// <summary>
    /// Returns the first font that has the character. If the character is not a letter and the font of the previous character also has it,
    /// returns that font. If no font has the character, returns the font of the previous character, or the first font.
    /// </summary>
    public Face For(Rune rune, FontStrength strength, Face? before)
    {
        if (before is not null && !Rune.IsLetter(rune) && before.Has(rune))
            return before;
        return _faces[strength].FirstOrDefault(f => f.Has(rune)) ?? before ?? _faces[strength][0];
    }

    private static Face Open(byte[] source)
    {
        using var data = SKData.CreateCopy(source);
        var typeface = SKTypeface.FromData(data) ?? throw new InvalidDataException("A font file for certificates cannot be read.");
        return new(typeface, new SKShaper(typeface), typeface.ToFont(), source);
    }

    public void Dispose()
    {
        foreach (var face in _faces.Values.SelectMany(f => f))
        {
            face.Font.Dispose();
            face.Shaper.Dispose();
            face.Typeface.Dispose();
        }
    }
}
