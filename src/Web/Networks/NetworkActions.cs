namespace ConsultHub.Web.Networks;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class NetworkActions
{
    /// <summary>Read a network's name, partners, policy and rota.</summary>
    public static readonly AccessAction Read = new("networks.read");

    /// <summary>Enter a network's name, policy, travel times, rota and partners.</summary>
    public static readonly AccessAction Change = new("networks.change");

    /// <summary>Enter a new network.</summary>
    public static readonly AccessAction Create = new("networks.create");

    /// <summary>Read the names of people who are not consultants.</summary>
    public static readonly AccessAction ReadPeople = new("networks.read-people");
}
