using System.Net.Http.Json;
using ConsultHub.Backups;
using ConsultHub.Certificates;
using ConsultHub.Lectures;
using ConsultHub.Silo;
using ConsultHub.Tests.Attendance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Writer;
using static ConsultHub.Tests.Attendance.CreditHub;
using static ConsultHub.Web.Certificates.CertificatesApi;

namespace ConsultHub.Tests.Operations;

/// <summary>A hub that lost its data path and was restored from its backup.</summary>
public sealed class RestoredHubTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-restored-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_restored_hub_shows_slides_and_verifies_and_signs_certificates_without_the_old_cookie_keys()
    {
        var (backup, place, deck) = (Path.Combine(_folder, "hub.backup"), Path.Combine(_folder, "data"), Guid.NewGuid());
        var slides = Pdf();
        Certificate certificate;
        await using (var hub = new CreditHub())
        {
            await hub.InitializeAsync();
            var conference = await hub.NewConferenceAsync();
            await hub.CheckInAsync(conference, 1, Noura);
            certificate = await hub.IssueAsync(conference, Noura);
            await hub.GoLiveAsync(conference, 1);
            using var uploaded = await hub.Http(Coordinator)
                .PostAsync(
                    $"api/lectures/{conference}-1/slides?commandId={deck}&name=deck.pdf",
                    new ByteArrayContent(slides) { Headers = { ContentType = new("application/pdf") } }
                );
            Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync());
            await KeepAsync(hub.DataPath, "backup", backup);
        }
        await KeepAsync(place, "restore", backup);

        await using var restored = new CreditHub { Restored = place };
        Assert.Equal(slides, await restored.Http(Noura).GetByteArrayAsync($"api/lectures/{certificate.Conference}-1/slides/{deck}"));
        await VerifiesAsync(certificate);
        await restored.CheckInAsync(certificate.Conference, 2, Min);
        await VerifiesAsync(await restored.IssueAsync(certificate.Conference, Min));
        await VerifiesAsync(certificate);

        async Task VerifiesAsync(Certificate shown) =>
            Assert.Equal(
                CertificateStanding.Valid,
                (await restored.GetAsync<Verification>(null, $"api/certificates/verification?token={shown.Token}")).Standing
            );
    }

    private static async Task KeepAsync(string dataPath, params string[] args)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Hub:DataPath", dataPath)]);
        builder.Logging.ClearProviders();
        builder.AddHubSilo();
        using var host = builder.Build();
        using StringWriter output = new(),
            errors = new();
        Assert.True(await host.KeepAsync(args, output, errors) == 0, errors.ToString());
    }

    private static byte[] Pdf()
    {
        var builder = new PdfDocumentBuilder();
        builder.AddPage(PageSize.A4);
        return builder.Build();
    }
}
