using System.Text;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using SkiaSharp;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Draws a certificate on A4 landscape pages: one page to hang up, then the list of lectures. It is PDF/A-2b, so that it can be archived.
/// </summary>
/// <param name="zone">The time zone of the issuing date.</param>
/// <param name="address">The content of the certificate's QR code.</param>
public sealed class CertificatePdf(
    Certificate certificate,
    CertificateTexts texts,
    CertificateFonts fonts,
    TimeZoneInfo zone,
    string address
)
{
    private const float Width = 842,
        Height = 595,
        Middle = Width / 2,
        Edge = 64,
        QrSize = 120;
    private static readonly SKColor Ink = new(0x10, 0x2A, 0x43),
        Soft = new(0x52, 0x60, 0x6D),
        Accent = new(0x0B, 0x6E, 0x6E),
        Gold = new(0xB0, 0x8D, 0x3E),
        Pale = new(0xF2, 0xF6, 0xF7);

    private TextPen _pen = new(fonts, texts.RightToLeft);
    private readonly CertificateList _list = new(certificate, texts);

    private LineAlign Start => texts.RightToLeft ? LineAlign.Right : LineAlign.Left;

    /// <summary>
    /// Returns the position that is this far from the edge at which lines of text start. In Arabic this is the right edge, otherwise the
    /// left edge.
    /// </summary>
    private float FromStart(float x) => texts.RightToLeft ? Width - x : x;

    private LineAlign End => texts.RightToLeft ? LineAlign.Left : LineAlign.Right;

    public byte[] Draw()
    {
        using var few = fonts.Only(Characters());
        _pen = new(few, texts.RightToLeft);
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata
        {
            Title = $"{texts.Title} – {certificate.Holder.In(texts.Language)}",
            Author = certificate.Network?.In(texts.Language) ?? "Consult Hub",
            Subject = certificate.Title,
            Keywords = certificate.Number,
            Creator = "Consult Hub",
            Producer = "Consult Hub",
            Creation = certificate.IssuedAt.UtcDateTime,
            Modified = certificate.IssuedAt.UtcDateTime,
            PdfA = true,
            RasterDpi = 300,
            EncodingQuality = 101,
        };
        using (var document = SKDocument.CreatePdf(stream, about))
        {
            _pen.Canvas = document.BeginPage(Width, Height);
            DrawFront();
            document.EndPage();
            for (var page = 0; page < _list.Pages; page++)
            {
                _pen.Canvas = document.BeginPage(Width, Height);
                _list.Draw(_pen, page);
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
        _pen = new(fonts, texts.RightToLeft) { Canvas = nowhere };
        DrawFront();
        for (var page = 0; page < _list.Pages; page++)
            _list.Draw(_pen, page);
        return _pen.Characters;
    }

    private void DrawFront()
    {
        DrawFrame();
        var issuer = certificate.Network?.In(texts.Language) ?? certificate.Title;
        _pen.Write(issuer, Middle, 78, 15, Accent, strength: FontStrength.Strong, widest: Width - (4 * Edge));
        _pen.Write(texts.Title, Middle, 124, 36, Ink, strength: FontStrength.Strong);
        DrawRule(Middle - 60, 142, 120);

        _pen.Write(texts.Certifies, Middle, 172, 13, Soft);
        _pen.Write(certificate.Holder.In(texts.Language), Middle, 214, 32, Ink, strength: FontStrength.Strong, widest: Width - (3 * Edge));
        string[] others =
        [
            .. ((string?[])[certificate.Holder.En, certificate.Holder.Ar, certificate.Holder.Ko])
                .OfType<string>()
                .Distinct()
                .Where(name => name != certificate.Holder.In(texts.Language)),
        ];
        WriteApart(others, Middle, 243, 13);

        _pen.Write(texts.Attended, Middle, 273, 13, Soft);
        var y = 300f;
        foreach (var line in _pen.Break(certificate.Title, 20, FontStrength.Strong, Width - (3 * Edge), most: 2))
        {
            _pen.Write(line, Middle, y, 20, Ink, strength: FontStrength.Strong);
            y += 25;
        }
        if (_list.Days is var (first, last))
            _pen.Write(texts.Days(first, last), Middle, y - 2, 13, Soft);
        DrawCredit(y + 14);
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
        _pen.Canvas.DrawRect(24, 24, Width - 48, Height - 48, line);
        (line.StrokeWidth, line.Color) = (0.6f, Gold);
        _pen.Canvas.DrawRect(30, 30, Width - 60, Height - 60, line);
    }

    private void DrawRule(float x, float y, float width)
    {
        using var line = new SKPaint { Color = Gold, IsAntialias = true };
        _pen.Canvas.DrawRect(x, y, width, 1.4f, line);
    }

    /// <summary>Writes names in other scripts side by side, each in the direction of its script.</summary>
    private void WriteApart(string[] names, float middle, float y, float size)
    {
        const float gap = 28;
        var x = middle - ((names.Sum(name => _pen.Measure(name, size)) + (gap * Math.Max(0, names.Length - 1))) / 2);
        foreach (var name in names)
        {
            _pen.Write(name, x, y, size, Soft, LineAlign.Left);
            x += _pen.Measure(name, size) + gap;
        }
    }

    private void DrawCredit(float top)
    {
        const float width = 380,
            height = 76;
        using var fill = new SKPaint { Color = Pale, IsAntialias = true };
        _pen.Canvas.DrawRoundRect(Middle - (width / 2), top, width, height, 6, 6, fill);
        var amount = CertificateTexts.Credit(certificate.Credits);
        var unit = CreditUnit.Of(certificate.Policy.Unit, certificate.Credits, texts.Language);
        var (amountWidth, unitWidth) = (_pen.Measure(amount, 30, FontStrength.Strong), _pen.Measure(unit, 15, FontStrength.Strong));
        var x = FromStart(Middle - ((amountWidth + 8 + unitWidth) / 2));
        _pen.Write(amount, x, top + 36, 30, Accent, Start, FontStrength.Strong);
        _pen.Write(unit, x + (texts.RightToLeft ? -amountWidth - 8 : amountWidth + 8), top + 36, 15, Ink, Start, FontStrength.Strong);
        var body = string.Format(texts.Culture, texts.CountedBy, certificate.Policy.Name.In(texts.Language));
        _pen.Write(body, Middle, top + 54, 10.5f, Soft, widest: width - 20);
        var count =
            $"{string.Format(texts.Culture, texts.Lectures, certificate.Lectures.Length)}  ·  "
            + $"{texts.Time(certificate.Lectures.Sum(l => l.Minutes))}";
        _pen.Write(count, Middle, top + 69, 10.5f, Soft);
    }

    private void DrawFoot()
    {
        const float top = Height - 46 - QrSize;
        var left = texts.RightToLeft ? Width - 52 - QrSize : 52;
        QrMark.Draw(_pen.Canvas, address, left, top, QrSize);
        var x = FromStart(52 + QrSize + 14);
        Pair(texts.Verify, Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"{uri.Authority}/verify" : "", x, top + 16, Start);
        Pair(texts.Number, certificate.Number, x, top + 54, Start);
        Pair(
            texts.Issued,
            texts.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(certificate.IssuedAt, zone).DateTime)),
            x,
            top + 92,
            Start
        );

        var end = FromStart(Width - 56);
        DrawRule(texts.RightToLeft ? 56 : Width - 56 - 230, top + 66, 230);
        _pen.Write(texts.IssuedBy, end, top + 82, 9, Soft, End);
        _pen.Write(
            certificate.Network?.In(texts.Language) ?? certificate.Title,
            end,
            top + 98,
            12,
            Ink,
            End,
            FontStrength.Strong,
            widest: 230
        );
        _pen.Write(texts.Electronic, end, top + 113, 8.5f, Soft, End, widest: 250);
    }

    private void Pair(string label, string value, float x, float y, LineAlign align)
    {
        _pen.Write(label, x, y, 9, Soft, align);
        _pen.Write(value, x, y + 14, 11, Ink, align, FontStrength.Strong, widest: 230);
    }
}
