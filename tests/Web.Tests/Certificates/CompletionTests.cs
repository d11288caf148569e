using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text;
using ConsultHub.Certificates;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Tests.Attendance;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Certificates;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Tests.Attendance.CreditHub;
using static ConsultHub.Web.Certificates.CertificatesApi;

namespace ConsultHub.Tests.Certificates;

/// <summary>
/// Certificates of completion: who issues and sees them, the paper, the QR code, the badge, and the end of their validity.
/// </summary>
public sealed class CompletionTests(CreditHub hub) : IClassFixture<CreditHub>
{
    private static readonly Member Director = new(new("p-director"), Role.ProgrammeDirector, Ehs),
        Trainee = new(new("p-noura"), Role.Trainee, Ehs);

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(4)); // in Dubai

    private static int s_programmes;

    /// <summary>A programme with a cohort in which the trainee has a place.</summary>
    /// <param name="to">The last day of the cohort.</param>
    private async Task<ProgrammeId> AcceptedAsync(DateOnly to)
    {
        await hub
            .Grains.GetGrain<INetworkGrain>("ehs")
            .EditAsync(
                Coordinator.Actor,
                new(Guid.NewGuid(), [RecordEdit.Put(new Partner(new("asan"), new("Asan", "أسان", "아산"), "Asia/Seoul"))])
            );
        var id = new ProgrammeId($"fellowship-{Interlocked.Increment(ref s_programmes)}");
        var grain = hub.Grains.GetGrain<IProgrammeGrain>(id.Value);
        await EditAsync(
            new ProgrammeProfile(
                id,
                Ehs,
                ProgrammeKind.Fellowship,
                new("Liver fellowship", "زمالة الكبد", "간 펠로십"),
                new("A year in Seoul."),
                null,
                new("asan"),
                [],
                AtPartner: true,
                ["en"],
                Director.Person,
                null,
                1,
                Admission.FirstCome,
                Public: false
            )
        );
        var cohort = new Cohort(
            "c",
            new("March", "مارس", "3월"),
            Today.AddDays(30),
            Today.AddDays(60),
            DateTimeOffset.UtcNow.AddDays(9),
            2,
            7
        );
        await EditAsync(cohort);
        // The programme gives its places at once.
        Assert.Null((await grain.DecideAsync(Trainee.Actor, new Apply { CommandId = Guid.NewGuid(), Cohort = "c" })).Code);
        await EditAsync(cohort with { From = new(2026, 1, 5), To = to, ApplyBy = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        await Eventually.Async(async () =>
            (await hub.Grains.GetGrain<IDossierGrain>(Trainee.Person.Value).GetAsync()).Applications.Any(a => a.Programme == id)
            && (await hub.Http(Director).GetAsync($"api/programmes/{id}/certificates")).IsSuccessStatusCode
        );
        return id;

        async Task EditAsync(IRecord record) =>
            Assert.IsType<RecordsEdited>(await grain.EditAsync(Coordinator.Actor, new(Guid.NewGuid(), [RecordEdit.Put(record)])));
    }

    private Task<HttpResponseMessage> PostAsync(Member viewer, ProgrammeId programme, string? cohort = null, PersonId? person = null) =>
        hub.Http(viewer)
            .PostAsJsonAsync(
                $"api/programmes/{programme}/cohorts/{cohort ?? "c"}/certificates",
                new { person = (person ?? Trainee.Person).Value }
            );

    private async Task<CompletionCertificate> IssueAsync(ProgrammeId programme)
    {
        using var response = await PostAsync(Director, programme);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<CompletionCertificate>(HubJson.Options))!;
    }

    private async Task<CompletionCertificate> NewAsync() => await IssueAsync(await AcceptedAsync(Today.AddDays(-1)));

    private Task<Verification> VerifyAsync(string token) =>
        hub.GetAsync<Verification>(null, $"api/certificates/verification?token={token}");

    private async Task<BadgeEvidence> EvidenceAsync(CompletionCertificate certificate) =>
        new(
            await hub.Http(Trainee).GetStringAsync($"api/certificates/{certificate.Number}/badge"),
            await hub.GetAsync<PublicKeys>(null, "api/badges/keys"),
            await hub.Http(null).GetStringAsync($"api/badges/programmes/{certificate.Programme}/status")
        );

    [Fact]
    public async Task A_certificate_says_what_the_person_completed_and_a_second_request_returns_the_same()
    {
        var certificate = await NewAsync();
        Assert.Equal("Liver fellowship", certificate.Title.En);
        Assert.Equal(
            ("March", new DateOnly(2026, 1, 5), Today.AddDays(-1), ProgrammeKind.Fellowship),
            (certificate.CohortName.En, certificate.From, certificate.To, certificate.Kind)
        );
        Assert.Equal(("Emirates Health", "아산", "نورة الحمادي"), (certificate.Network.En, certificate.Partner!.Ko, certificate.Holder.Ar));
        Assert.Equal(certificate.Number, (await IssueAsync(certificate.Programme)).Number);
        var mine = await hub.GetAsync<List<IssuedCompletion>>(Trainee, "api/certificates/completions");
        Assert.Single(mine, c => c.Certificate.Number == certificate.Number);
        Assert.Empty(await hub.GetAsync<List<IssuedCompletion>>(Min, "api/certificates/completions"));
        var all = await hub.GetAsync<List<IssuedCompletion>>(Director, $"api/programmes/{certificate.Programme}/certificates");
        Assert.Equal(certificate.Number, Assert.Single(all).Certificate.Number);
        Assert.Empty(
            await hub.GetAsync<List<IssuedCompletion>>(Director, $"api/programmes/{certificate.Programme}/certificates?person=p-min")
        );
    }

    [Fact]
    public async Task A_certificate_is_refused_before_the_end_without_a_place_and_to_oneself()
    {
        var running = await AcceptedAsync(Today);
        Assert.Equal((409, "certificate.not-over"), await CreditHub.RefusedAsync(PostAsync(Director, running)));
        var over = await AcceptedAsync(Today.AddDays(-1));
        Assert.Equal((404, "programme.unknown-application"), await CreditHub.RefusedAsync(PostAsync(Director, over, person: Min.Person)));
        Assert.Equal((404, "programme.unknown-cohort"), await CreditHub.RefusedAsync(PostAsync(Director, over, "none")));
        Assert.Equal((404, "programme.unknown"), await CreditHub.RefusedAsync(PostAsync(Director, new("none"))));
        Assert.Equal((403, "access.denied"), await CreditHub.RefusedAsync(PostAsync(Stranger, over)));
        Assert.Equal((403, "access.denied"), await CreditHub.RefusedAsync(PostAsync(Trainee, over)));
        Assert.Equal((403, "certificate.own"), await CreditHub.RefusedAsync(PostAsync(Director, over, person: Director.Person)));
        Assert.Null(
            (
                await hub
                    .Grains.GetGrain<IProgrammeGrain>(over.Value)
                    .DecideAsync(Trainee.Actor, new Withdraw { CommandId = Guid.NewGuid(), Cohort = "c" })
            ).Code
        );
        Assert.Equal((409, "certificate.no-place"), await CreditHub.RefusedAsync(PostAsync(Director, over)));
    }

    [Theory]
    [InlineData(
        "en",
        "Certificate of Completion",
        "Noura Al Hammadi",
        "Liver fellowship",
        "March",
        "in partnership with Asan",
        "Fellowship"
    )]
    [InlineData("ar", "شهادة إتمام", "نورة الحمادي", "زمالة الكبد")]
    [InlineData("ko", "수료증", "누라 알함마디", "간 펠로십", "협력 기관: 아산", "2026년 1월 5일")]
    public async Task The_printed_certificate_is_in_the_chosen_language(string language, params string[] expected)
    {
        var certificate = await NewAsync();
        using var pdf = await hub.Http(Trainee).GetAsync($"api/certificates/{certificate.Number}/pdf?language={language}");
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        var said = CertificatePdfTests.Plain(
            Encoding.UTF8.GetString(
                await CertificatePdfTests.RunAsync("pdftotext", ["-layout", "-", "-"], await pdf.Content.ReadAsByteArrayAsync())
            )
        );
        Assert.All(expected, e => Assert.Contains(e, said, StringComparison.Ordinal));
        Assert.Contains(certificate.Number, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_QR_code_and_the_number_verify_and_an_altered_token_does_not()
    {
        var certificate = await NewAsync();
        var online = await VerifyAsync(certificate.Token);
        Assert.Equal(
            (CertificateStanding.Valid, certificate.Number, "Noura Al Hammadi", "Liver fellowship"),
            (online.Standing, online.Claims!.Number, online.Claims.Holder, online.Claims.Title)
        );
        Assert.Equal(((decimal?)null, "간 펠로십"), (online.Claims.Credits, online.Names!.Title!.Ko));
        Assert.Equal(
            CertificateStanding.Valid,
            (await hub.GetAsync<Verification>(null, $"api/certificates/verification?number={certificate.Number}")).Standing
        );
        var parts = certificate.Token.Split('.');
        var claims = Encoding
            .UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))
            .Replace("Noura Al Hammadi", "Somebody Else", StringComparison.Ordinal);
        var altered = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
        Assert.NotEqual(certificate.Token, altered);
        Assert.Equal(CertificateStanding.Forged, (await VerifyAsync(altered)).Standing);
        Assert.Equal(
            CertificateStanding.Unknown,
            (await hub.GetAsync<Verification>(null, $"api/certificates/verification?number={certificate.Programme}.0000000000")).Standing
        );
    }

    [Fact]
    public async Task The_badge_is_verified_offline_until_the_director_revokes_the_certificate_with_a_reason()
    {
        var certificate = await NewAsync();
        var before = await EvidenceAsync(certificate);
        var verdict = await before.VerifyAsync();
        Assert.Null(verdict.Why);
        var subject = verdict.Credential.GetProperty("credentialSubject");
        Assert.Equal("Noura Al Hammadi", subject.GetProperty("identifier")[0].GetProperty("identityHash").GetString());
        Assert.Equal("Liver fellowship", subject.GetProperty("achievement").GetProperty("name").GetString());
        Assert.False(subject.TryGetProperty("creditsEarned", out _));
        var issuer = verdict.Credential.GetProperty("issuer").GetProperty("id").GetString()!;
        Assert.Contains("Emirates Health", await hub.Http(null).GetStringAsync(new Uri(issuer).AbsolutePath), StringComparison.Ordinal);

        var path = $"api/certificates/{certificate.Number}";
        var reason = new { reason = "Issued for the wrong cohort." };
        foreach (var viewer in (Member[])[Stranger, Trainee])
            Assert.Contains(
                await CreditHub.RefusedAsync(hub.Http(viewer).PostAsJsonAsync($"{path}/revocation", reason)),
                ((int, string?)[])[(403, "access.denied"), (404, "certificate.unknown")]
            );
        Assert.Equal(
            (400, "certificate.bad-reason"),
            await CreditHub.RefusedAsync(hub.Http(Director).PostAsJsonAsync($"{path}/revocation", new { reason = " " }))
        );
        using var revoked = await hub.Http(Director).PostAsJsonAsync($"{path}/revocation", reason);
        Assert.Equal(204, (int)revoked.StatusCode);
        Assert.Equal(
            (false, "revoked"),
            await (await EvidenceAsync(certificate)).VerifyAsync() is var after ? (after.Valid, after.Why) : default
        );
        Assert.Equal(CertificateStanding.Revoked, (await VerifyAsync(certificate.Token)).Standing);
        Assert.Equal(reason.reason, (await hub.GetAsync<CertificateView>(Trainee, path)).Reason);
        // A new certificate can be issued.
        var second = await IssueAsync(certificate.Programme);
        Assert.NotEqual(certificate.Number, second.Number);
        Assert.True((await (await EvidenceAsync(second)).VerifyAsync()).Valid);
    }

    [Fact]
    public async Task Results_are_part_of_the_badge_and_of_the_paper()
    {
        var issued = await NewAsync();
        var certificate = issued with
        {
            Number = CertificateNumber.New(issued.Programme),
            Lines = [new(new("Transplant rotation", "تدوير الزراعة", "이식 순환"), "Level 4"), new(new("Ward rotation"))],
        };
        certificate = certificate with { Token = await hub.Services.GetRequiredService<CertificateKeys>().SignAsync(certificate) };
        await StoreAsync(certificate);
        var verdict = await (await EvidenceAsync(certificate)).VerifyAsync();
        Assert.Null(verdict.Why);
        var results = verdict.Credential.GetProperty("credentialSubject").GetProperty("result");
        Assert.Equal(["Level 4", "Completed"], results.EnumerateArray().Select(r => r.GetProperty("value").GetString()));
        var pdf = await hub.Http(Trainee).GetByteArrayAsync($"api/certificates/{certificate.Number}/pdf");
        var said = Encoding.UTF8.GetString(await CertificatePdfTests.RunAsync("pdftotext", ["-layout", "-", "-"], pdf));
        Assert.Contains("Transplant rotation", said, StringComparison.Ordinal);
        Assert.Contains("Level 4", said, StringComparison.Ordinal);
        // The content differs, so the certificate has replaced the first one.
        Assert.Equal(CertificateStanding.Replaced, (await VerifyAsync(issued.Token)).Standing);
    }

    public static IEnumerable<TheoryDataRow<string>> Alterations => [new("holder"), new("day"), new("line"), new("partner")];

    [Theory, MemberData(nameof(Alterations))]
    public async Task A_stored_certificate_that_differs_from_the_signed_one_is_forged_and_is_neither_printed_nor_made_a_badge(string what)
    {
        var issued = await NewAsync();
        var signed = issued with { Number = CertificateNumber.New(issued.Programme) };
        signed = signed with { Token = await hub.Services.GetRequiredService<CertificateKeys>().SignAsync(signed) };
        var altered = what switch
        {
            "holder" => signed with { Holder = signed.Holder with { Ar = "شخص آخر" } },
            "day" => signed with { To = signed.To.AddDays(-1) },
            "line" => signed with { Lines = [new(new("A rotation"), "Level 5")] },
            _ => signed with { Partner = new("Another hospital") },
        };
        await StoreAsync(altered);
        Assert.Equal(new Verification(CertificateStanding.Forged), await VerifyAsync(signed.Token));
        foreach (var form in (string[])["pdf", "badge"])
            Assert.Equal(
                (409, "certificate.altered"),
                await CreditHub.RefusedAsync(hub.Http(Trainee).GetAsync($"api/certificates/{altered.Number}/{form}"))
            );
    }

    /// <summary>Has the same effect as a change in the database, because the grain does not compare a certificate with its token.</summary>
    private async Task StoreAsync(CompletionCertificate certificate) =>
        Assert.NotNull(
            (
                await hub
                    .Grains.GetGrain<ICertificatesGrain>(CertificateRegisterId.Of(certificate.Programme).Key)
                    .IssueCompletionAsync(Coordinator.Actor, certificate)
            ).Certificate
        );
}
