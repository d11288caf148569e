using ConsultHub.Tests.Attendance;
using ConsultHub.Web;
using ConsultHub.Web.Accounts;
using static ConsultHub.Tests.Attendance.CreditHub;

namespace ConsultHub.Tests.Hosting;

/// <summary>Links in exports and certificates use the public address from the settings, whatever host name a proxy sends.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("https://hub.example", "https://hub.example")]
    [InlineData(null, "http://localhost")]
    public async Task Links_in_exports_and_certificates_use_the_public_address_or_else_the_address_of_the_request(
        string? setting,
        string said
    )
    {
        await using var hub = new CreditHub { PublicUrl = setting };
        await hub.InitializeAsync();
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        var certificate = await hub.IssueAsync(conference, Noura);

        Assert.Equal(setting is null ? null : new Uri(setting), (await hub.GetAsync<SessionApi.Session>(Noura, "api/session")).PublicUrl);
        Assert.Contains(
            $"<url>{said}/conferences/{conference}?session=",
            await hub.Http(Noura).GetStringAsync($"api/conferences/{conference}/schedule.xml"),
            StringComparison.Ordinal
        );
        using var read = UglyToad.PdfPig.PdfDocument.Open(
            await hub.Http(Noura).GetByteArrayAsync($"api/certificates/{certificate.Number}/pdf")
        );
        Assert.Contains(
            $"{new Uri(said).Authority}/verify",
            string.Concat(read.GetPage(1).Letters.Select(l => l.Value)),
            StringComparison.Ordinal
        );
    }
}
