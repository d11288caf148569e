using System.Security.Cryptography;
using System.Text;
using ConsultHub.Consultants;
using ConsultHub.Silo.Demo;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Directories;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Demo;

/// <summary>
/// The demo's people as accounts. All have the same password. On this machine, a person can be picked without the password. If the demo is
/// off, nobody can sign in.
/// </summary>
internal sealed class DemoAccounts(IGrainFactory grains, IOptions<DemoOptions> demo, DemoPassword password) : IAccounts
{
    /// <summary>Some accounts have a role that does not exist yet. They sign in with the nearest role that exists.</summary>
    private static readonly Dictionary<string, string> Nearest = new()
    {
        ["admin"] = "coordinator",
        ["host"] = "coordinator",
        ["auditor"] = "display",
    };

    public bool AreDemo => demo.Value.Enabled;

    public async Task<Viewer?> SignInAsync(string? userName, string? given)
    {
        if (!AreDemo || !password.Matches(given) || userName is null)
            return null;
        if (userName == "consultant")
            return (await ConsultantsAsync()).FirstOrDefault() is { } first ? Consultant(first) : null;
        return Find(Nearest.GetValueOrDefault(userName, userName)) is { } person ? Of(person) : null;
    }

    public string AccountOf(string? userName) =>
        userName is not null && (userName == "consultant" || Nearest.ContainsKey(userName) || Find(userName) is not null)
            ? userName
            : "unknown";

    public async Task<IReadOnlyList<Pickable>?> PickableAsync()
    {
        if (!AreDemo)
            return null;
        var profiles = await Task.WhenAll((await ConsultantsAsync()).Select(c => grains.GetGrain<IConsultantGrain>(c.Value).GetAsync()));
        return
        [
            .. DemoPeople.All.Select(p => new Pickable(p.Id, p.Name, p.Role, [])),
            .. profiles.OfType<Consultant>().Select(c => new Pickable(c.Id, c.Name, Role.Consultant, c.Specialties)),
        ];
    }

    public async Task<Viewer?> PickAsync(PersonId person)
    {
        if (!AreDemo)
            return null;
        if (DemoPeople.All.FirstOrDefault(p => p.Id == person) is { } known)
            return Of(known);
        return await grains.GetGrain<IConsultantGrain>(person.Value).GetAsync() is not null ? Consultant(person) : null;
    }

    public bool Operates(Viewer viewer) => viewer.Role == Role.Coordinator && viewer.Network == DemoPeople.Network;

    private static DemoPerson? Find(string userName) => DemoPeople.All.FirstOrDefault(p => p.UserName == userName);

    private static Viewer Of(DemoPerson person) => new(person.Id, person.Role, DemoPeople.Network);

    private static Viewer Consultant(PersonId person) => new(person, Role.Consultant, DemoPeople.Network);

    private async Task<IEnumerable<PersonId>> ConsultantsAsync() =>
        (await grains.ListAsync($"{DemoPeople.Network}/consultants")).Select(c => new PersonId(c.Id));
}

/// <summary>The password of all demo accounts: the configured one, or a random one that is printed at the start.</summary>
public sealed class DemoPassword(IOptions<DemoOptions> demo)
{
    public bool IsRandom { get; } = string.IsNullOrEmpty(demo.Value.Password);

    public string Value { get; } =
        string.IsNullOrEmpty(demo.Value.Password) ? RandomNumberGenerator.GetHexString(12, lowercase: true) : demo.Value.Password;

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string? given) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(Value)),
            SHA256.HashData(Encoding.UTF8.GetBytes(given ?? ""))
        );
}
