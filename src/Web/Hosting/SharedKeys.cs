using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace ConsultHub.Web.Hosting;

/// <summary>
/// Stores the data protection keys in the cluster's database, so that every web node can read the cookies that another node has made.
/// </summary>
internal sealed class SharedKeys(NpgsqlDataSource database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("SELECT Xml FROM HubKey");
        using var reader = command.ExecuteReader();
        List<XElement> keys = [];
        while (reader.Read())
            keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand(
            "INSERT INTO HubKey (Name, Xml) VALUES (@name, @xml) ON CONFLICT (Name) DO UPDATE SET Xml = excluded.Xml"
        );
        command.Parameters.AddWithValue("name", friendlyName);
        command.Parameters.AddWithValue("xml", element.ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
