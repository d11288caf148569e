using ConsultHub.Certificates;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Prints certificates one at a time, because shaping is not thread-safe. The fonts are opened for the first certificate.
/// </summary>
internal sealed class CertificatePrinter(IHostEnvironment host) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lazy<CertificateFonts> _fonts = new(() => new(Path.Combine(host.ContentRootPath, "fonts")));

    /// <param name="address">The content of the certificate's QR code.</param>
    public byte[] Print(Certificate certificate, CertificateTexts texts, TimeZoneInfo zone, string address)
    {
        lock (_lock)
            return new CertificatePdf(certificate, texts, _fonts.Value, zone, address).Draw();
    }

    /// <param name="address">The content of the certificate's QR code.</param>
    public byte[] Print(CompletionCertificate certificate, CertificateTexts texts, TimeZoneInfo zone, string address)
    {
        lock (_lock)
            return new CompletionPdf(certificate, texts, _fonts.Value, zone, address).Draw();
    }

    /// <summary>Draws another document with the same fonts, while nothing else is printed.</summary>
    public byte[] Print(Func<CertificateFonts, byte[]> draw)
    {
        lock (_lock)
            return draw(_fonts.Value);
    }

    public void Dispose()
    {
        if (_fonts.IsValueCreated)
            _fonts.Value.Dispose();
    }
}
