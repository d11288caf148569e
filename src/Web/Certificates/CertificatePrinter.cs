using System.Collections.Concurrent;
using ConsultHub.Certificates;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Prints a few documents at the same time. Shaping is not thread-safe, so each printing has fonts of its own. They are opened when they
/// are first needed, and kept for the next printing.
/// </summary>
internal sealed class CertificatePrinter(IHostEnvironment host) : IDisposable
{
    /// <summary>The fonts of one printing take several megabytes.</summary>
    private static readonly int AtOnce = Math.Min(Environment.ProcessorCount, 4);

    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly ConcurrentBag<CertificateFonts> _fonts = [];

    /// <param name="address">The content of the certificate's QR code.</param>
    public byte[] Print(Certificate certificate, CertificateTexts texts, TimeZoneInfo zone, string address) =>
        Print(fonts => new CertificatePdf(certificate, texts, fonts, zone, address).Draw());

    /// <param name="address">The content of the certificate's QR code.</param>
    public byte[] Print(CompletionCertificate certificate, CertificateTexts texts, TimeZoneInfo zone, string address) =>
        Print(fonts => new CompletionPdf(certificate, texts, fonts, zone, address).Draw());

    /// <summary>Draws a document with fonts that nothing else uses meanwhile.</summary>
    public byte[] Print(Func<CertificateFonts, byte[]> draw)
    {
        _places.Wait();
        try
        {
            var fonts = _fonts.TryTake(out var kept) ? kept : new(Path.Combine(host.ContentRootPath, "fonts"));
            try
            {
                return draw(fonts);
            }
            finally
            {
                _fonts.Add(fonts);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        foreach (var fonts in _fonts)
            fonts.Dispose();
        _places.Dispose();
    }
}
