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

/// <summary>IBM Plex Sans in three scripts, one hand (SIL Open Font License 1.1), as the client's packages bring it.</summary>
public sealed class CertificateFonts : IDisposable
{
    private static readonly string[] Families = ["IBMPlexSans", "IBMPlexSansArabic", "IBMPlexSansKR"];

    private readonly Dictionary<FontStrength, ImmutableArray<Face>> _faces;

    /// <summary>One font with what shapes its text. Not to be used by two at once.</summary>
    /// <param name="Source">The font's file, not compressed.</param>
    public sealed record Face(SKTypeface Typeface, SKShaper Shaper, SKFont Font, byte[] Source)
    {
        public bool Has(Rune rune) => Font.ContainsGlyph(rune.Value);
    }

    /// <param name="folder">Holds the WOFF files.</param>
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

    /// <summary>The same fonts with what some characters need and no more: a document carries its fonts with it, and Hangul's alone are a
    /// megabyte.</summary>
    public CertificateFonts Only(IReadOnlySet<Rune> characters) =>
        new(_faces.ToDictionary(f => f.Key, f => f.Value.Select(face => Open(FontSubset.Of(face.Source, characters))).ToImmutableArray()));

    /// <summary>The first font that has a character; the one before, where it has it too, so that spaces and signs stay with their
    /// word.</summary>
    public Face For(Rune rune, FontStrength strength, Face? before)
    {
        if (before is not null && !Rune.IsLetter(rune) && before.Has(rune))
            return before;
        return _faces[strength].FirstOrDefault(f => f.Has(rune)) ?? before ?? _faces[strength][0];
    }

    private static Face Open(byte[] source)
    {
        using var data = SKData.CreateCopy(source);
        var typeface = SKTypeface.FromData(data) ?? throw new InvalidDataException("A file of the certificates' fonts is no font.");
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
