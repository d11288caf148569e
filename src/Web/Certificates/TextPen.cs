using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace ConsultHub.Web.Certificates;

public enum LineAlign
{
    Left,
    Centre,
    Right,
}

/// <summary>
/// Writes lines into a PDF. It joins Arabic letters, composes Hangul, and orders text of different directions. It stores the characters
/// together with the glyphs, so that the text can be searched, copied and read aloud.
/// </summary>
/// <param name="rightToLeft">The direction of the document's own language.</param>
public sealed class TextPen(CertificateFonts fonts, bool rightToLeft)
{
    private const float Smallest = 6;

    private readonly HashSet<Rune> _characters = [];

    public SKCanvas Canvas { get; set; } = null!;

    /// <summary>All characters written or measured so far.</summary>
    public IReadOnlySet<Rune> Characters => _characters;

    public float Measure(string text, float size, FontStrength strength = FontStrength.Regular) =>
        Shape(text, size, strength).Sum(r => r.Width);

    /// <summary>Writes one line. A line that is too wide is written smaller, down to 6 points, and then cut off.</summary>
    /// <param name="x">The left end, middle or right end of the line, as <paramref name="align"/> says.</param>
    /// <param name="y">The base line.</param>
    /// <returns>The size of the written line.</returns>
    public float Write(
        string text,
        float x,
        float y,
        float size,
        SKColor colour,
        LineAlign align = LineAlign.Centre,
        FontStrength strength = FontStrength.Regular,
        float widest = float.MaxValue
    )
    {
        while (Measure(text, size, strength) > widest && size > Smallest)
            size = Math.Max(Smallest, size - 0.5f);
        if (Measure(text, size, strength) > widest)
            text = Cut(text, size, strength, widest);
        var runs = Shape(text, size, strength);
        var width = runs.Sum(r => r.Width);
        var at = align switch
        {
            LineAlign.Left => x,
            LineAlign.Right => x - width,
            _ => x - (width / 2),
        };
        using var paint = new SKPaint { Color = colour, IsAntialias = true };
        foreach (var run in runs)
        {
            Draw(run, at, y, size, paint);
            at += run.Width;
        }
        return size;
    }

    /// <summary>Breaks a text into at most <paramref name="most"/> lines at its spaces. A line that is still too wide is cut off.</summary>
    public List<string> Break(string text, float size, FontStrength strength, float widest, int most)
    {
        List<string> lines = [];
        var rest = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).AsSpan();
        while (rest.Length > 0 && lines.Count < most)
        {
            var taken = 1;
            while (taken < rest.Length && Measure(string.Join(' ', rest[..(taken + 1)]!), size, strength) <= widest)
                taken++;
            if (lines.Count == most - 1)
                taken = rest.Length;
            var line = string.Join(' ', rest[..taken]!);
            lines.Add(Measure(line, size, strength) > widest ? Cut(line, size, strength, widest) : line);
            rest = rest[taken..];
        }
        return lines;
    }

    private string Cut(string text, float size, FontStrength strength, float widest)
    {
        List<Rune> runes = [.. text.EnumerateRunes()];
        while (runes.Count > 1)
        {
            runes.RemoveAt(runes.Count - 1);
            var shorter = string.Concat(runes).TrimEnd() + "…";
            if (Measure(shorter, size, strength) <= widest)
                return shorter;
        }
        return text;
    }

    private sealed record ShapedRun(TextRun Run, SkiaSharp.HarfBuzz.SKShaper.Result Glyphs, float Width);

    private List<ShapedRun> Shape(string text, float size, FontStrength strength)
    {
        List<ShapedRun> shaped = [];
        _characters.UnionWith(text.EnumerateRunes());
        foreach (var run in TextRuns.Of(text, rightToLeft, strength, fonts))
        {
            using var buffer = new Buffer();
            buffer.AddUtf8(run.Text);
            buffer.GuessSegmentProperties();
            buffer.Direction = run.RightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
            using var font = FontOf(run, size);
            var glyphs = run.Face.Shaper.Shape(buffer, font);
            shaped.Add(new(run, glyphs, glyphs.Width));
        }
        return shaped;
    }

    private static SKFont FontOf(TextRun run, float size) =>
        new(run.Face.Typeface, size)
        {
            Subpixel = true,
            Hinting = SKFontHinting.None,
            LinearMetrics = true,
        };

    private void Draw(ShapedRun shaped, float x, float y, float size, SKPaint paint)
    {
        var (count, text) = (shaped.Glyphs.Codepoints.Length, Encoding.UTF8.GetBytes(shaped.Run.Text));
        if (count == 0)
            return;
        using var builder = new SKTextBlobBuilder();
        using var font = FontOf(shaped.Run, size);
        var buffer = builder.AllocatePositionedTextRun(font, count, text.Length);
        buffer.SetGlyphs([.. shaped.Glyphs.Codepoints.Select(c => (ushort)c)]);
        buffer.SetPositions(shaped.Glyphs.Points);
        buffer.SetText(text);
        buffer.SetClusters(shaped.Glyphs.Clusters);
        using var blob = builder.Build();
        Canvas.DrawText(blob, x, y, paint);
    }
}
