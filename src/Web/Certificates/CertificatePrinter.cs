using ConsultHub.Certificates;

namespace ConsultHub.Web.Certificates;

/// <summary>Prints certificates, one at a time: fonts are opened when the first is wanted, and shaping is not for several
/// threads.</summary>
internal sealed class CertificatePrinter(IHostEnvironment host) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Lazy<CertificateFonts> _fonts = new(() => new(Path.Combine(host.ContentRootPath, "fonts")));

    /// <param name="address">What its QR code says.</param>
    public byte[] Print(Certificate certificate, CertificateTexts texts, TimeZoneInfo zone, string address)
    {
        lock (_lock)
            return new CertificatePdf(certificate, texts, _fonts.Value, zone, address).Draw();
    }

    public void Dispose()
    {
        if (_fonts.IsValueCreated)
            _fonts.Value.Dispose();
    }
}
