using System.Text;
using SkiaSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Draws a certificate on A4 landscape pages: one page to hang up, then the pages of its list. It is PDF/A-2b, so that it can be archived.
/// </summary>
/// <param name="facts">What each certificate has.</param>
/// <param name="zone">The time zone of the issuing date.</param>
/// <param name="address">The content of the certificate's QR code.</param>
public abstract class CertificateSheet(
    CertificateFacts facts,
    CertificateTexts texts,
    CertificateFonts fonts,
    TimeZoneInfo zone,
    string address
)
{
    protected const float Width = 842,
        Height = 595,
        Middle = Width / 2,
        Edge = 64;
    private const float QrSize = 120;
    protected static readonly SKColor Ink = new(0x10, 0x2A, 0x43),
        Soft = new(0x52, 0x60, 0x6D),
        Accent = new(0x0B, 0x6E, 0x6E),
        Pale = new(0xF2, 0xF6, 0xF7),
        Rule = new(0xD5, 0xDC, 0xE2);
    private static readonly SKColor Gold = new(0xB0, 0x8D, 0x3E);

    protected TextPen Pen { get; private set; } = new(fonts, texts.RightToLeft);

    protected CertificateTexts Texts => texts;

    /// <summary>The title of the document.</summary>
    protected abstract string Title { get; }

    /// <summary>The number of the pages that follow the first page.</summary>
    protected abstract int ListPages { get; }

    protected LineAlign Start => texts.RightToLeft ? LineAlign.Right : LineAlign.Left;

    protected LineAlign End => texts.RightToLeft ? LineAlign.Left : LineAlign.Right;

    /// <summary>
    /// Returns the position that is this far from the edge at which lines of text start. In Arabic this is the right edge, otherwise the
    /// left edge.
    /// </summary>
    protected float FromStart(float x) => texts.RightToLeft ? Width - x : x;

    /// <summary>Draws what is between the holder's names and the foot.</summary>
    protected abstract void DrawBody();

    protected abstract void DrawList(int page);

    public byte[] Draw()
    {
        using var few = fonts.Only(Characters());
        Pen = new(few, texts.RightToLeft);
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata
        {
            Title = $"{Title} – {facts.Holder.In(texts.Language)}",
            Author = facts.Network?.In(texts.Language) ?? "Consult Hub",
            Subject = facts.Subject,
            Keywords = facts.Number,
            Creator = "Consult Hub",
            Producer = "Consult Hub",
            Creation = facts.IssuedAt.UtcDateTime,
            Modified = facts.IssuedAt.UtcDateTime,
            PdfA = true,
            RasterDpi = 300,
            EncodingQuality = 101,
        };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            Pen.Canvas = document.BeginPage(Width, Height);
            DrawFront();
            document.EndPage();
            for (var page = 0; page < ListPages; page++)
            {
                Pen.Canvas = document.BeginPage(Width, Height);
                DrawList(page);
                document.EndPage();
            }
            document.Close();
        }
        return stream.ToArray();
    }

    /// <summary>
    /// Returns the characters that the document uses. To find them, it draws the document on a canvas that shows nothing.
    /// </summary>
    private IReadOnlySet<Rune> Characters()
    {
        using var nowhere = new SKNoDrawCanvas((int)Width, (int)Height);
        Pen = new(fonts, texts.RightToLeft) { Canvas = nowhere };
        DrawFront();
        for (var page = 0; page < ListPages; page++)
            DrawList(page);
        return Pen.Characters;
    }

    private void DrawFront()
    {
        DrawFrame();
        var issuer = facts.Network?.In(texts.Language) ?? facts.Subject;
        Pen.Write(issuer, Middle, 78, 15, Accent, strength: FontStrength.Strong, widest: Width - (4 * Edge));
        Pen.Write(Title, Middle, 124, 36, Ink, strength: FontStrength.Strong);
        DrawRule(Middle - 60, 142, 120);

        Pen.Write(texts.Certifies, Middle, 172, 13, Soft);
        Pen.Write(facts.Holder.In(texts.Language), Middle, 214, 32, Ink, strength: FontStrength.Strong, widest: Width - (3 * Edge));
        string[] others =
        [
            .. ((string?[])[facts.Holder.En, facts.Holder.Ar, facts.Holder.Ko])
                .OfType<string>()
                .Distinct()
                .Where(name => name != facts.Holder.In(texts.Language)),
        ];
        WriteApart(others, Middle, 243, 13);
        DrawBody();
        DrawFoot();
    }

    private void DrawFrame()
    {
        using var line = new SKPaint
        {
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1.6f,
            Color = Ink,
            IsAntialias = true,
        };
        Pen.Canvas.DrawRect(24, 24, Width - 48, Height - 48, line);
        (line.StrokeWidth, line.Color) = (0.6f, Gold);
        Pen.Canvas.DrawRect(30, 30, Width - 60, Height - 60, line);
    }

    private void DrawRule(float x, float y, float width)
    {
        using var line = new SKPaint { Color = Gold, IsAntialias = true };
        Pen.Canvas.DrawRect(x, y, width, 1.4f, line);
    }

    /// <summary>Writes names in other scripts side by side, each in the direction of its script.</summary>
    private void WriteApart(string[] names, float middle, float y, float size)
    {
        const float gap = 28;
        var x = middle - ((names.Sum(name => Pen.Measure(name, size)) + (gap * Math.Max(0, names.Length - 1))) / 2);
        foreach (var name in names)
        {
            Pen.Write(name, x, y, size, Soft, LineAlign.Left);
            x += Pen.Measure(name, size) + gap;
        }
    }

    private void DrawFoot()
    {
        const float top = Height - 46 - QrSize;
        var left = texts.RightToLeft ? Width - 52 - QrSize : 52;
        QrMark.Draw(Pen.Canvas, address, left, top, QrSize);
        var x = FromStart(52 + QrSize + 14);
        Pair(texts.Verify, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"{uri.Authority}/verify" : "", x, top + 16, Start);
        Pair(texts.Number, facts.Number, x, top + 54, Start);
        Pair(texts.Issued, texts.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(facts.IssuedAt, zone).DateTime)), x, top + 92, Start);

        var end = FromStart(Width - 56);
        DrawRule(texts.RightToLeft ? 56 : Width - 56 - 230, top + 66, 230);
        Pen.Write(texts.IssuedBy, end, top + 82, 9, Soft, End);
        Pen.Write(facts.Network?.In(texts.Language) ?? facts.Subject, end, top + 98, 12, Ink, End, FontStrength.Strong, widest: 230);
        Pen.Write(texts.Electronic, end, top + 113, 8.5f, Soft, End, widest: 250);
    }

    private void Pair(string label, string value, float x, float y, LineAlign align)
    {
        Pen.Write(label, x, y, 9, Soft, align);
        Pen.Write(value, x, y + 14, 11, Ink, align, FontStrength.Strong, widest: 230);
    }
}

/// <summary>What each certificate has on its first page.</summary>
/// <param name="Subject">The title of the conference, or the name of the programme.</param>
/// <param name="Network">The network that issues the certificate. Null if the conference belongs to none.</param>
public sealed record CertificateFacts(string Number, LocalName Holder, LocalName? Network, string Subject, DateTimeOffset IssuedAt);
