using System.Net.Http.Headers;
using System.Text;
using MPilot.Jobs.Tests.Kit;

namespace MPilot.Jobs.Simulators.Tests;

/// <summary>A valid edit request, changed field by field.</summary>
public sealed class EditForm
{
    private readonly List<(string Name, string Value)> _fields = [("model", "gpt-image-2"), ("prompt", "a red hat")];
    private readonly List<(string Name, byte[] Bytes, string? Type)> _files = [("image", PngFile.Claiming(64, 48), "image/png")];

    /// <summary>From lines such as "size=1024x1024 n=2".</summary>
    public static EditForm Of(string fields)
    {
        var form = new EditForm();
        foreach (var field in fields.Split(' ', StringSplitOptions.RemoveEmptyEntries)) form.With(field.Split('=')[0], field.Split('=')[1]);
        return form;
    }

    public EditForm With(string name, string value)
    {
        Without(name);
        _fields.Add((name, value));
        return this;
    }

    public EditForm Without(string name)
    {
        _fields.RemoveAll(field => field.Name == name);
        return this;
    }

    public EditForm Again(string name, string value)
    {
        _fields.Add((name, value));
        return this;
    }

    public EditForm WithoutFiles()
    {
        _files.Clear();
        return this;
    }

    public EditForm File(string name, byte[] bytes, string? type = "image/png")
    {
        _files.Add((name, bytes, type));
        return this;
    }

    public MultipartFormDataContent ToContent()
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in _fields)
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
            content.Add(part, $"\"{name}\"");
        }
        foreach (var (name, bytes, type) in _files)
        {
            var part = new ByteArrayContent(bytes);
            if (type is not null) part.Headers.ContentType = new MediaTypeHeaderValue(type);
            content.Add(part, $"\"{name}\"", "\"a.png\"");
        }
        return content;
    }
}
