using System.Collections.Immutable;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using SkiaSharp.HarfBuzz;

namespace ConsultHub.Web.Certificates;

public enum FontStrength { Regular, Strong }

/// <summary>IBM Plex Sans in three scripts, one hand (SIL Open Font License 1.1), as the client's packages bring it.</summary>
public sealed class CertificateFonts : IDisposable
{
    private static readonly string[] Families = ["IBMPlexSans", "IBMPlexSansArabic", "IBMPlexSansKR"];

    private readonly Dictionary<FontStrength, ImmutableArray<Face>> _faces = [];

    /// <summary>One font with what shapes its text. Not to be used by two at once.</summary>
    public sealed record Face(SKTypeface Typeface, SKShaper Shaper, SKFont Font)
    {
        public bool Has(Rune rune) => Font.ContainsGlyph(rune.Value);
    }

    /// <param name="folder">Holds the WOFF files.</param>
    /// <exception cref="FileNotFoundException">The server was built without the client's packages.</exception>
    public CertificateFonts(string folder)
    {
        foreach (var strength in Enum.GetValues<FontStrength>())
        {
            var suffix = strength == FontStrength.Strong ? "SemiBold" : "Regular";
            _faces[strength] = [.. Families.Select(family => Open(Path.Combine(folder, $"{family}-{suffix}.woff")))];
        }
    }

    /// <summary>The first font that has a character; the one before, where it has it too, so that spaces and signs stay with their word.</summary>
    public Face For(Rune rune, FontStrength strength, Face? before)
    {
        if (before is not null && !Rune.IsLetter(rune) && before.Has(rune)) return before;
        return _faces[strength].FirstOrDefault(f => f.Has(rune)) ?? before ?? _faces[strength][0];
    }

    private static Face Open(string path)
    {
        using var data = SKData.CreateCopy(WoffFont.Open(File.ReadAllBytes(path)));
        var typeface = SKTypeface.FromData(data) ?? throw new InvalidDataException($"{Path.GetFileName(path)} is no font.");
        return new(typeface, new SKShaper(typeface), typeface.ToFont());
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
